package com.wisesync.keycloak.profile;

import java.text.Normalizer;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserProvider;
import org.keycloak.userprofile.AttributeContext;
import org.keycloak.utils.EmailValidationUtil;

/**
 * For username and e-mail address: an address that is what it looks like, and nobody else's. That it is taken is said by
 * Keycloak's own validators, but for the review after a first brokered login, where it has none, and SCIM.
 */
public final class AddressValidator extends ProfileValidator {

    public static final String ID = "wise-sync-address";

    static final String NOT_AN_ADDRESS = "wiseSyncUsernameNotAnAddress";
    static final String LOOKALIKE = "wiseSyncAddressLookalike";
    static final String TAKEN = "wiseSyncAddressTaken";

    /** Latin letters, and what all scripts share: no Cyrillic a, no combining mark, nothing invisible. */
    private static final Pattern PLAIN = Pattern.compile("[\\p{IsLatin}\\p{IsCommon}&&[^\\p{C}\\p{Z}\\p{M}]]+");

    @Override
    public String getId() {
        return ID;
    }

    @Override
    void check(List<String> values, AttributeContext attribute, Errors errors) {
        String address = values.get(0);
        String name = attribute.getMetadata().getName();
        if (UserModel.USERNAME.equals(name) && !EmailValidationUtil.isValidEmail(address)) {
            // The e-mail address itself is checked by Keycloak.
            errors.add(NOT_AN_ADDRESS);
        } else if (!isPlain(address)) {
            errors.add(LOOKALIKE);
        } else if (isSomebodyElses(attribute, address)) {
            errors.add(TAKEN);
        }
    }

    private static boolean isSomebodyElses(AttributeContext attribute, String address) {
        return switch (attribute.getContext()) {
            case IDP_REVIEW ->
                new BrokeredAddress(attribute)
                        .isSomebodyElses(attribute.getMetadata().getName(), address);
            case SCIM -> belongsToAnother(attribute, address);
            default -> false;
        };
    }

    /** SCIM writes the user before it asks, and Keycloak's validators pass over what is already the user's. */
    private static boolean belongsToAnother(AttributeContext attribute, String address) {
        UserProvider users = attribute.getSession().users();
        RealmModel realm = attribute.getSession().getContext().getRealm();
        UserModel user = attribute.getUser();
        return Stream.of(users.getUserByUsername(realm, address), users.getUserByEmail(realm, address))
                .filter(Objects::nonNull)
                .anyMatch(other -> user == null || !other.getId().equals(user.getId()));
    }

    /** Full-width letters, ligatures and the like are another text that reads the same: NFKC changes them. */
    static boolean isPlain(String address) {
        return PLAIN.matcher(address).matches() && Normalizer.isNormalized(address, Normalizer.Form.NFKC);
    }
}
