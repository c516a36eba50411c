package com.wisesync.keycloak;

import java.net.IDN;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.keycloak.utils.EmailValidationUtil;

/**
 * The one rule for email addresses, which usernames follow too: what RFC 5321 and RFC 6531 allow, in one spelling, and
 * without characters that can be mistaken for others.
 *
 * <p>A domain has two spellings, Unicode and Punycode (RFC 5890). Addresses are stored and compared in Unicode. A Unicode
 * domain that IDNA 2003 and IDNA 2008 map to different names is invalid, because Java and mail servers would disagree on
 * where the email goes; its Punycode spelling is unambiguous and stays as it is.
 */
public final class EmailAddress {

    private static final String PUNYCODE = "xn--";

    /** No space, no control or invisible character, no mark that combines with letters of every script. */
    private static final Pattern LOCAL_PART = Pattern.compile("[^\\p{C}\\p{Z}\\p{IsInherited}]+");

    /** The characters of an unquoted local part (RFC 5321, 4.1.2; RFC 6531, 3.3), with the dots between its parts. */
    private static final Pattern ATOMS = Pattern.compile("[^\\p{Cc}\\s\"(),:;<>@\\[\\]\\\\]+");

    /** IDNA 2008 allows a middle dot between two l, as in Catalan, and a Katakana middle dot beside Japanese letters. */
    private static final Pattern LABEL =
            Pattern.compile("(?!-)(?!.*(?:(?<!l)\u00B7|\u00B7(?!l)))" + "[\\p{L}\\p{M}\\p{N}\u00B7\u30FB-]+(?<!-)");

    private static final Pattern QUOTED_TEXT = Pattern.compile("(?:[^\"\\\\]|\\\\.){1,64}");
    private static final Pattern QUOTED_PAIR = Pattern.compile("\\\\(.)");
    private static final Pattern MUST_BE_QUOTED = Pattern.compile("[\"\\\\]");

    private static final String KATAKANA_MIDDLE_DOT = "\u30FB";

    /** Scripts that are written together in one language. */
    private static final Set<Character.UnicodeScript> JAPANESE =
            EnumSet.of(Character.UnicodeScript.HAN, Character.UnicodeScript.HIRAGANA, Character.UnicodeScript.KATAKANA);

    private static final Set<Character.UnicodeScript> KOREAN =
            EnumSet.of(Character.UnicodeScript.HAN, Character.UnicodeScript.HANGUL);

    private static final Set<Character.UnicodeScript> LATIN_OR_EAST_ASIAN = EnumSet.of(
            Character.UnicodeScript.LATIN,
            Character.UnicodeScript.HAN,
            Character.UnicodeScript.HIRAGANA,
            Character.UnicodeScript.KATAKANA,
            Character.UnicodeScript.HANGUL);

    private EmailAddress() {}

    /**
     * The form in which an address is stored and compared: without space around it, in lower case, the local part without
     * quotes if it needs none, the domain in Unicode if it can be read so. Text that is not an address is only stripped and
     * lower-cased.
     *
     * @param address any text; not null
     */
    public static String normalize(String address) {
        String lower = address.strip().toLowerCase(Locale.ROOT);
        int at = lower.lastIndexOf('@');
        return at < 0 ? lower : unquoted(lower.substring(0, at)) + '@' + unicode(lower.substring(at + 1));
    }

    /**
     * The normalized address with its domain in ASCII, in which an older version, or a path that does not normalize, may have
     * stored it.
     *
     * @param address any text; not null
     */
    public static String withAsciiDomain(String address) {
        String normalized = normalize(address);
        int at = normalized.lastIndexOf('@');
        if (at < 0) {
            return normalized;
        }
        try {
            return normalized.substring(0, at + 1) + IDN.toASCII(normalized.substring(at + 1));
        } catch (IllegalArgumentException e) {
            return normalized;
        }
    }

    /**
     * The spellings under which an address may be stored: normalized, and with its domain in ASCII. One for most addresses.
     *
     * @param address any text; not null
     */
    public static Set<String> spellings(String address) {
        Set<String> spellings = new LinkedHashSet<>();
        spellings.add(normalize(address));
        spellings.add(withAsciiDomain(address));
        return spellings;
    }

    /**
     * Whether text has the syntax of an address, as Keycloak checks it.
     *
     * @param text may be null
     */
    public static boolean isWellFormed(String text) {
        return EmailValidationUtil.isValidEmail(text);
    }

    /**
     * Whether a well-formed address can only be read in one way: one script in the local part and in each label of the domain,
     * and names on which IDNA 2003 and IDNA 2008 agree. Some scripts have letters that look like Latin ones. Therefore a local
     * part is Latin, Chinese, Japanese or Korean, or in a script that the domain has too.
     *
     * @param address not null
     */
    public static boolean isUnambiguous(String address) {
        String normalized = normalize(address);
        int at = normalized.lastIndexOf('@');
        return at > 0
                && Normalizer.isNormalized(normalized, Normalizer.Form.NFC)
                && isPlain(normalized.substring(0, at), normalized.substring(at + 1))
                && isUnambiguousDomain(normalized.substring(at + 1));
    }

    /** Whether the part before the domain consists of ASCII characters, which every mail server accepts. */
    public static boolean hasAsciiLocalPart(String address) {
        return address.substring(0, Math.max(0, address.lastIndexOf('@')))
                .chars()
                .allMatch(c -> c < 0x80);
    }

    /** Full-width letters, ligatures and the like are changed by NFKC. */
    private static boolean isPlain(String localPart, String domain) {
        Set<Character.UnicodeScript> scripts = scripts(localPart);
        return LOCAL_PART.matcher(localPart).matches()
                && Normalizer.isNormalized(localPart, Normalizer.Form.NFKC)
                && isOneLanguage(scripts)
                && (LATIN_OR_EAST_ASIAN.containsAll(scripts) || scripts(domain).containsAll(scripts));
    }

    private static boolean isUnambiguousDomain(String domain) {
        if (domain.startsWith("[")) {
            return true;
        }
        if (!Arrays.stream(domain.split("\\.", -1)).allMatch(EmailAddress::isUnambiguousLabel)) {
            return false;
        }
        try {
            // IDNA 2003 maps what IDNA 2008 keeps (sharp s, final sigma) or forbids; a changed name shows it.
            return IDN.toUnicode(IDN.toASCII(domain, IDN.USE_STD3_ASCII_RULES)).equals(domain);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static boolean isUnambiguousLabel(String label) {
        Set<Character.UnicodeScript> scripts = scripts(label);
        boolean japanese = !scripts.isEmpty() && JAPANESE.containsAll(scripts);
        return LABEL.matcher(label).matches()
                && (japanese || !label.contains(KATAKANA_MIDDLE_DOT))
                && isOneLanguage(scripts);
    }

    private static boolean isOneLanguage(Set<Character.UnicodeScript> scripts) {
        return scripts.size() <= 1 || JAPANESE.containsAll(scripts) || KOREAN.containsAll(scripts);
    }

    private static Set<Character.UnicodeScript> scripts(String text) {
        Set<Character.UnicodeScript> scripts = EnumSet.noneOf(Character.UnicodeScript.class);
        text.codePoints().mapToObj(Character.UnicodeScript::of).forEach(scripts::add);
        scripts.remove(Character.UnicodeScript.COMMON);
        scripts.remove(Character.UnicodeScript.INHERITED);
        return scripts;
    }

    /** With and without quotes it is the same mailbox, and a backslash only quotes the next character (RFC 5321, 4.1.2). */
    private static String unquoted(String localPart) {
        int end = localPart.length() - 1;
        if (end < 2 || localPart.charAt(0) != '"' || localPart.charAt(end) != '"') {
            return localPart;
        }
        String quoted = localPart.substring(1, end);
        if (!QUOTED_TEXT.matcher(quoted).matches()) {
            return localPart;
        }
        String text = QUOTED_PAIR.matcher(quoted).replaceAll("$1");
        return isDotAtom(text) ? text : '"' + MUST_BE_QUOTED.matcher(text).replaceAll("\\\\$0") + '"';
    }

    private static boolean isDotAtom(String text) {
        return ATOMS.matcher(text).matches() && !text.startsWith(".") && !text.endsWith(".") && !text.contains("..");
    }

    private static String unicode(String domain) {
        return domain.contains(PUNYCODE) ? IDN.toUnicode(domain) : domain;
    }
}
