package com.wisesync.keycloak.mail;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.ServiceLoader;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.keycloak.authentication.actiontoken.ActionTokenHandlerFactory;
import org.keycloak.authentication.actiontoken.inviteorg.InviteOrgActionToken;

class LinkHandlersTest {

    /** Invitations to organizations are not used; offers of verifiable credentials are a disabled feature. */
    private static final Set<String> NOT_USED = Set.of(InviteOrgActionToken.TOKEN_TYPE, "credential-offer");

    /** Also fails for a kind of link that a later Keycloak adds. */
    @Test
    void everyKindOfLinkOfKeycloakThatIsUsedIsBehindTheGate() {
        Set<String> unguarded = new HashSet<>();
        Set<String> guarded = new HashSet<>();
        for (ActionTokenHandlerFactory<?> factory : ServiceLoader.load(ActionTokenHandlerFactory.class)) {
            boolean isOurs =
                    LinkGate.class.getPackage().equals(factory.getClass().getPackage());
            (isOurs ? guarded : unguarded).add(factory.getId());
        }

        unguarded.removeAll(guarded);

        assertThat(unguarded).containsExactlyInAnyOrderElementsOf(NOT_USED);
    }
}
