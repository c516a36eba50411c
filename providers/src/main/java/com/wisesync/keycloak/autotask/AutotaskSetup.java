package com.wisesync.keycloak.autotask;

import com.wisesync.keycloak.SetupCheck;
import com.wisesync.keycloak.SetupFinding;
import java.util.stream.Stream;
import org.keycloak.credential.CredentialProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** Checks that each configured Autotask key is in the Vault and valid. */
public final class AutotaskSetup implements SetupCheck {

    @Override
    public Stream<SetupFinding> findings(KeycloakSession session, RealmModel realm) {
        AutotaskCredentialProvider provider = (AutotaskCredentialProvider)
                session.getProvider(CredentialProvider.class, AutotaskCredentialProviderFactory.TYPE);
        String unreadable = String.join(", ", provider.keyring().unreadable());
        return Stream.of(SetupFinding.require(unreadable.isEmpty(), "autotask-key", unreadable, realm.getName()));
    }
}
