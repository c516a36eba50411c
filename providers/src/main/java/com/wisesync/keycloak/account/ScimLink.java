package com.wisesync.keycloak.account;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.keycloak.models.UserModel;

/**
 * How a user is linked to the directory of the account, kept in user attributes that the User Profile declares as visible to
 * admins and read-only.
 */
public enum ScimLink {
    /** An account-admin linked the user; the directory may manage it, and has not changed it yet. */
    LINKED("linked"),
    /** The directory manages the user. */
    MANAGED("managed"),
    /** The directory manages the user and has disabled it, and so may enable it again. */
    DISABLED("disabled"),
    /** The directory has deleted the user, which is disabled and hidden from it until it is created again. */
    REMOVED("removed"),
    /**
     * The same, of a user that someone else has disabled too, or enabled afterwards; the directory does not enable the user when
     * it creates the user again.
     */
    REMOVED_WHILE_DISABLED("removed-while-disabled");

    /** The user attribute with the state. */
    public static final String ATTRIBUTE = "scim-link";

    /** The user attribute with the id of the user in the directory. */
    public static final String EXTERNAL_ID = "scim-external-id";

    /** The user attribute with the time of the last change. */
    public static final String MODIFIED = "scim-modified";

    private final String value;

    ScimLink(String value) {
        this.value = value;
    }

    /** The value of the attribute. */
    public String value() {
        return value;
    }

    /** Whether the directory sees and changes the user. */
    public boolean isManaged() {
        return managed().contains(this);
    }

    /** The links with which the directory sees and changes a user. */
    public static List<ScimLink> managed() {
        return List.of(LINKED, MANAGED, DISABLED);
    }

    /** The values of the attribute with which the directory sees and changes a user. */
    public static List<String> managedValues() {
        return managed().stream().map(ScimLink::value).toList();
    }

    /** @param value of the attribute; null or unknown for none */
    public static Optional<ScimLink> parse(String value) {
        return Arrays.stream(values()).filter(link -> link.value.equals(value)).findFirst();
    }

    /** The link of a user; empty if the directory never managed the user. */
    public static Optional<ScimLink> of(UserModel user) {
        return parse(user.getFirstAttribute(ATTRIBUTE));
    }

    /** Whether the directory manages the user. */
    public static boolean isManaged(UserModel user) {
        return of(user).filter(ScimLink::isManaged).isPresent();
    }

    /** The link after someone else has enabled or disabled the user: from then on, the directory may not enable the user. */
    public ScimLink withoutRightToEnable() {
        return switch (this) {
            case DISABLED -> MANAGED;
            case REMOVED -> REMOVED_WHILE_DISABLED;
            default -> this;
        };
    }

    /** Stores this link. */
    public void store(UserModel user) {
        user.setSingleAttribute(ATTRIBUTE, value);
        touch(user);
    }

    /** Whether the directory may enable the user. */
    public static boolean directoryMayEnable(UserModel user) {
        return of(user).filter(link -> link != link.withoutRightToEnable()).isPresent();
    }

    /** Stores {@link #withoutRightToEnable()}, if the directory may enable the user. */
    public static void withdrawRightToEnable(UserModel user) {
        if (directoryMayEnable(user)) {
            of(user).orElseThrow().withoutRightToEnable().store(user);
        }
    }

    /** Stores the time of a change, if the directory manages the user. */
    public static void touch(UserModel user) {
        if (isManaged(user)) {
            user.setSingleAttribute(
                    MODIFIED, Instant.now().truncatedTo(ChronoUnit.MILLIS).toString());
        }
    }

    /** Removes all that is stored about the link. */
    public static void clear(UserModel user) {
        user.removeAttribute(ATTRIBUTE);
        user.removeAttribute(EXTERNAL_ID);
        user.removeAttribute(MODIFIED);
    }
}
