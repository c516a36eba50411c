package com.wisesync.keycloak.profile;

import com.wisesync.keycloak.EmailAddress;
import java.util.stream.Stream;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.userprofile.AttributeContext;

/**
 * An address that an identity provider sent. If it is an existing user's username or email in the same field, Keycloak's flow
 * offers to link the two users (IdpCreateUserIfUnique, 26.7). That step does not find a username that is an existing user's
 * email, or the reverse.
 */
final class BrokeredAddress {

    private final KeycloakSession session;
    private final RealmModel realm;
    private final String username;
    private final String email;

    BrokeredAddress(AttributeContext attribute) {
        this.session = attribute.getSession();
        this.realm = session.getContext().getRealm();
        this.username = attribute.getAttributes().getFirst(UserModel.USERNAME);
        this.email = attribute.getAttributes().getFirst(UserModel.EMAIL);
    }

    boolean isTaken(String attribute, String address) {
        boolean crossed = EmailAddress.spellings(address).stream()
                .anyMatch(spelling -> UserModel.USERNAME.equals(attribute)
                        ? session.users().getUserByEmail(realm, spelling) != null
                        : session.users().getUserByUsername(realm, spelling) != null);
        return crossed && !isLinkedNext();
    }

    /** In the spellings that {@link NewBrokeredUser} finds. */
    private boolean isLinkedNext() {
        return spellings(email).anyMatch(spelling -> session.users().getUserByEmail(realm, spelling) != null)
                || spellings(username).anyMatch(spelling -> session.users().getUserByUsername(realm, spelling) != null);
    }

    private static Stream<String> spellings(String address) {
        return address == null ? Stream.empty() : EmailAddress.spellings(address).stream();
    }
}
