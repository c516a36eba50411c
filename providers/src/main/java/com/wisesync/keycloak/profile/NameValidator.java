package com.wisesync.keycloak.profile;

import java.util.List;
import java.util.regex.Pattern;
import org.keycloak.userprofile.AttributeContext;

/**
 * Validates first and last names. Real names contain apostrophes, brackets, slashes and ampersands, which Keycloak's own
 * validator refuses; every output here escapes its text. Refused are control and invisible characters, characters that
 * reverse the direction of text, angle brackets, and U+FFFD, which stands for text that was decoded with the wrong
 * character set. A web address is refused too: names stand in emails, where mail programs turn it into a link.
 */
public final class NameValidator extends ProfileValidator {

    /** The id in the User Profile's configuration. */
    public static final String ID = "wise-sync-name";

    static final String UNFIT = "wiseSyncNameUnfit";

    static final String WEB_ADDRESS = "wiseSyncNameWebAddress";

    private static final Pattern WEB = Pattern.compile("://|^\\s*www\\.", Pattern.CASE_INSENSITIVE);

    private static final Pattern REFUSED = Pattern.compile("[\\p{C}\\p{Zl}\\p{Zp}<>\uFFFD&&[^\u200C\u200D]]");

    @Override
    public String getId() {
        return ID;
    }

    @Override
    void check(List<String> values, AttributeContext attribute, Errors errors) {
        if (!isName(values.get(0))) {
            errors.add(UNFIT);
        } else if (isWebAddress(values.get(0))) {
            errors.add(WEB_ADDRESS);
        }
    }

    static boolean isWebAddress(String value) {
        return WEB.matcher(value).find();
    }

    static boolean isName(String value) {
        return !REFUSED.matcher(value).find();
    }
}
