package com.wisesync.keycloak.profile;

import java.text.Normalizer;
import java.util.List;
import java.util.regex.Pattern;
import org.keycloak.models.UserModel;
import org.keycloak.userprofile.AttributeContext;
import org.keycloak.userprofile.UserProfileContext;
import org.keycloak.utils.EmailValidationUtil;

/**
 * For username and e-mail address: an address that is what it looks like, and nobody else's. That it is taken is said by
 * Keycloak's own validators, but for the review after a first brokered login, where it has none.
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
        } else if (attribute.getContext() == UserProfileContext.IDP_REVIEW
                && new BrokeredAddress(attribute).isSomebodyElses(name, address)) {
            errors.add(TAKEN);
        }
    }

    /** Full-width letters, ligatures and the like are another text that reads the same: NFKC changes them. */
    static boolean isPlain(String address) {
        return PLAIN.matcher(address).matches() && Normalizer.isNormalized(address, Normalizer.Form.NFKC);
    }
}
