package com.wisesync.keycloak.profile;

import com.wisesync.keycloak.EmailAddress;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserProvider;
import org.keycloak.userprofile.AttributeContext;
import org.keycloak.validate.validators.EmailValidator;

/**
 * Validates username and email: an {@link EmailAddress} in one spelling, deliverable, and not another user's username or
 * email. Keycloak's own validators find duplicates everywhere except in the review after a first brokered login and in SCIM.
 */
public final class AddressValidator extends ProfileValidator {

    /** The id in the User Profile's configuration. */
    public static final String ID = "wise-sync-address";

    static final String NOT_AN_ADDRESS = "wiseSyncUsernameNotAnAddress";
    static final String LOOKALIKE = "wiseSyncAddressLookalike";
    static final String UNDELIVERABLE = "wiseSyncAddressUndeliverable";
    static final String TAKEN = "wiseSyncAddressTaken";

    /** Key in the realm's SMTP settings (DefaultEmailSenderProvider, 26.7). */
    private static final String ALLOW_UTF8 = "allowutf8";

    @Override
    public String getId() {
        return ID;
    }

    @Override
    void check(List<String> values, AttributeContext attribute, Errors errors) {
        String address = values.get(0);
        boolean username = UserModel.USERNAME.equals(attribute.getMetadata().getName());
        if (!EmailAddress.isWellFormed(address)) {
            errors.add(username ? NOT_AN_ADDRESS : EmailValidator.MESSAGE_INVALID_EMAIL);
        } else if (!EmailAddress.isUnambiguous(address)) {
            errors.add(LOOKALIKE);
        } else if (!username && !isDeliverable(attribute, address)) {
            errors.add(UNDELIVERABLE);
        } else if (isTaken(attribute, address)) {
            errors.add(TAKEN);
        }
    }

    /** Keycloak refuses to send to such an address otherwise, so its user would never get a code. */
    private static boolean isDeliverable(AttributeContext attribute, String address) {
        RealmModel realm = attribute.getSession().getContext().getRealm();
        return EmailAddress.hasAsciiLocalPart(address)
                || Boolean.parseBoolean(realm.getSmtpConfig().get(ALLOW_UTF8));
    }

    private static boolean isTaken(AttributeContext attribute, String address) {
        return switch (attribute.getContext()) {
            case IDP_REVIEW ->
                new BrokeredAddress(attribute).isTaken(attribute.getMetadata().getName(), address);
            case SCIM -> belongsToAnother(attribute, address);
            default -> false;
        };
    }

    /** SCIM writes the user before it validates, and Keycloak's validators skip values that the user has already. */
    private static boolean belongsToAnother(AttributeContext attribute, String address) {
        UserProvider users = attribute.getSession().users();
        RealmModel realm = attribute.getSession().getContext().getRealm();
        UserModel user = attribute.getUser();
        return EmailAddress.spellings(address).stream()
                .flatMap(spelling ->
                        Stream.of(users.getUserByUsername(realm, spelling), users.getUserByEmail(realm, spelling)))
                .filter(Objects::nonNull)
                .anyMatch(other -> user == null || !other.getId().equals(user.getId()));
    }
}
