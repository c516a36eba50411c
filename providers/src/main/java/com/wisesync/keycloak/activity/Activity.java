package com.wisesync.keycloak.activity;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.wisesync.keycloak.account.Account;
import com.wisesync.keycloak.account.Accounts;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.keycloak.events.Details;
import org.keycloak.events.Event;
import org.keycloak.events.EventStoreProvider;
import org.keycloak.events.EventType;
import org.keycloak.events.admin.AdminEvent;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.credential.PasswordCredentialModel;

/**
 * What a user did and what was done to them, newest first, read from Keycloak's events. Goes back as far as the realm keeps
 * events, and contains no IP addresses.
 */
public final class Activity {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> PROFILE =
            List.of("role", "companies", "firstName", "lastName", "email", "username");

    /** A changed password or device is two events (UpdatePassword, UpdateTotp, 26.7): the deprecated ones are left out. */
    private static final EventType[] TYPES = {
        EventType.LOGIN,
        EventType.LOGIN_ERROR,
        EventType.LOGOUT,
        EventType.UPDATE_CREDENTIAL,
        EventType.REMOVE_CREDENTIAL,
        EventType.UPDATE_PROFILE,
        EventType.UPDATE_EMAIL,
        EventType.SEND_RESET_PASSWORD,
        EventType.USER_DISABLED_BY_TEMPORARY_LOCKOUT
    };

    private final KeycloakSession session;
    private final RealmModel realm;
    private final Account account;
    private final UserModel user;
    private final Map<String, Optional<ActivityEntry.Actor>> actors = new HashMap<>();

    /**
     * @param account the account of the user; actors outside it are not named
     * @param user whose activity is read
     */
    public Activity(KeycloakSession session, Account account, UserModel user) {
        this.session = session;
        this.realm = session.getContext().getRealm();
        this.account = account;
        this.user = user;
    }

    /**
     * One page of the list. User events and admin events are merged, so both are read from the beginning.
     *
     * @param first how many of the newest entries to skip
     * @param max how many entries to return at most
     */
    public List<ActivityEntry> page(int first, int max) {
        EventStoreProvider store = session.getProvider(EventStoreProvider.class);
        int most = (int) Math.min((long) first + max, Integer.MAX_VALUE);
        Stream<ActivityEntry> own = store.createQuery()
                .realm(realm.getId())
                .user(user.getId())
                .type(TYPES)
                .orderByDescTime()
                .maxResults(most)
                .getResultStream()
                .map(this::own);
        Stream<ActivityEntry> admins = Stream.of("users/" + user.getId(), "users/" + user.getId() + "/*")
                .flatMap(path -> store.createAdminQuery()
                        .realm(realm.getId())
                        .resourcePath(path)
                        .orderByDescTime()
                        .maxResults(most)
                        .getResultStream())
                // What Wise-Pay was told stands in a list of its own.
                .filter(event ->
                        event.getError() == null && !event.getResourcePath().contains("/deactivations/"))
                .map(this::byAdmin);
        return Stream.concat(own, admins)
                .sorted(Comparator.comparing((ActivityEntry one) -> Instant.parse(one.at()))
                        .reversed())
                .skip(first)
                .limit(max)
                .toList();
    }

    private ActivityEntry own(Event event) {
        String what = switch (event.getType()) {
            case LOGIN -> "logged-in";
            case LOGIN_ERROR -> "login-failed";
            case LOGOUT -> "logged-out";
            case UPDATE_CREDENTIAL -> ofPassword(event) ? "password-changed" : "device-added";
            case REMOVE_CREDENTIAL -> "devices-removed";
            case SEND_RESET_PASSWORD -> "password-link-mailed";
            case USER_DISABLED_BY_TEMPORARY_LOCKOUT -> "locked-out";
            default -> "changed";
        };
        return new ActivityEntry(
                at(event.getTime()),
                what,
                new ActivityEntry.Actor(user.getId(), user.getUsername()),
                nameOf(event.getClientId()),
                List.of());
    }

    private static String at(long millis) {
        return Instant.ofEpochMilli(millis).toString();
    }

    private static boolean ofPassword(Event event) {
        return event.getDetails() != null
                && PasswordCredentialModel.TYPE.equals(event.getDetails().get(Details.CREDENTIAL_TYPE));
    }

    private ActivityEntry byAdmin(AdminEvent event) {
        JsonNode told = told(event);
        List<String> fields = changed(told);
        return new ActivityEntry(at(event.getTime()), what(event, told, fields), actor(event), null, fields);
    }

    private String what(AdminEvent event, JsonNode told, List<String> fields) {
        String action = event.getResourcePath().substring(("users/" + user.getId()).length());
        return switch (action) {
            case "" ->
                switch (event.getOperationType()) {
                    case CREATE -> "created";
                    default -> fields.isEmpty() ? switched(told) : "changed";
                };
            case "/password" -> "password-changed";
            // Of Keycloak's own API it sets one, and tells nothing; of ours it mails a link.
            case "/reset-password" -> told.isMissingNode() ? "password-changed" : "password-link-mailed";
            case "/execute-actions-email" -> "password-link-mailed";
            case "/two-factor" -> "devices-removed";
            case "/autotask-account" ->
                switch (event.getOperationType()) {
                    case DELETE -> "autotask-removed";
                    default -> "autotask-stored";
                };
            case "/autotask-account/secret" -> "autotask-read";
            case "/impersonation" -> "impersonated";
            case "/logout" -> "logged-out";
            default -> action.startsWith("/credentials/") ? "devices-removed" : "changed";
        };
    }

    private static String switched(JsonNode told) {
        boolean before = told.at("/before/enabled").asBoolean();
        boolean after = told.at("/after/enabled").asBoolean();
        if (before == after) {
            return "changed";
        }
        return after ? "enabled" : "disabled";
    }

    /** Of a change of ours; Keycloak's own API tells what is there now, not what was before. */
    private static List<String> changed(JsonNode told) {
        JsonNode before = told.path("before");
        JsonNode after = told.path("after");
        return before.isObject() && after.isObject()
                ? PROFILE.stream()
                        .filter(field -> !before.path(field).equals(after.path(field)))
                        .toList()
                : List.of();
    }

    private static JsonNode told(AdminEvent event) {
        try {
            JsonNode told = JSON.readTree(Objects.requireNonNullElse(event.getRepresentation(), ""));
            return told.has("account") ? told : JSON.missingNode();
        } catch (JsonProcessingException e) {
            return JSON.missingNode();
        }
    }

    /** Names only who is of the same account; support and services are Wise-Sync to its admins. */
    private ActivityEntry.Actor actor(AdminEvent event) {
        return actors.computeIfAbsent(event.getAuthDetails().getUserId(), this::colleague)
                .orElse(null);
    }

    private Optional<ActivityEntry.Actor> colleague(String id) {
        return Optional.ofNullable(session.users().getUserById(realm, id))
                .filter(actor -> new Accounts(session)
                        .findByMember(actor)
                        .filter(of -> of.id().equals(account.id()))
                        .isPresent())
                .map(actor -> new ActivityEntry.Actor(actor.getId(), actor.getUsername()));
    }

    /** What the application is called; Keycloak's own are called by keys of its message files. */
    private String nameOf(String clientId) {
        return Optional.ofNullable(clientId)
                .map(realm::getClientByClientId)
                .map(ClientModel::getName)
                .filter(name -> !name.isBlank() && !name.startsWith("${"))
                .orElse(null);
    }
}
