package com.wisesync.keycloak.activity;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.wisesync.keycloak.account.Account;
import com.wisesync.keycloak.account.Accounts;
import com.wisesync.keycloak.account.Company;
import com.wisesync.keycloak.account.ScimToken;
import com.wisesync.keycloak.activity.ActivityEntry.Change;
import com.wisesync.keycloak.activity.ActivityEntry.Person;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.events.EventType;
import org.keycloak.events.admin.OperationType;
import org.keycloak.events.jpa.AdminEventEntity;
import org.keycloak.events.jpa.EventEntity;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.storage.StorageId;

/**
 * The activity log of an account, read from Keycloak's user events and admin events. It goes back as far as the realm keeps
 * events and contains no IP addresses.
 */
public final class Activity {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** How many usernames are read at once. */
    private static final int NAMES = 500;

    private static final List<String> FIELDS = List.of(
            "name",
            "package",
            "psa",
            "twoFactorMode",
            "role",
            "companies",
            "defaultCompanies",
            "firstName",
            "lastName",
            "email",
            "username",
            "enabled");

    /** The fields whose values are ids of companies. */
    private static final Set<String> COMPANY_FIELDS = Set.of("companies", "defaultCompanies");

    /**
     * The types of user events. A changed password or second factor is two events (UpdatePassword, UpdateTotp, 26.7), of
     * which the deprecated one is left out.
     */
    private static final Map<EventType, ActivityKind> TYPES = Map.of(
            EventType.LOGIN, ActivityKind.LOGGED_IN,
            EventType.LOGIN_ERROR, ActivityKind.LOGIN_FAILED,
            EventType.LOGOUT, ActivityKind.LOGGED_OUT,
            EventType.UPDATE_CREDENTIAL, ActivityKind.DEVICE_ADDED,
            EventType.REMOVE_CREDENTIAL, ActivityKind.DEVICES_REMOVED,
            EventType.UPDATE_PROFILE, ActivityKind.CHANGED,
            EventType.UPDATE_EMAIL, ActivityKind.CHANGED,
            EventType.SEND_RESET_PASSWORD, ActivityKind.PASSWORD_LINK_MAILED,
            EventType.USER_DISABLED_BY_TEMPORARY_LOCKOUT, ActivityKind.LOCKED_OUT);

    /** The fields that Keycloak's own events describe, by the names of their details. */
    private static final Map<String, String> PROFILE_DETAILS =
            Map.of("first_name", "firstName", "last_name", "lastName", "email", "email", "username", "username");

    private final KeycloakSession session;
    private final RealmModel realm;
    private final Account account;
    private final EventRows rows;
    private final Map<String, Optional<Person>> members = new HashMap<>();

    /**
     * @param session its context names the realm
     * @param account whose log is read; users outside it are not named
     */
    public Activity(KeycloakSession session, Account account) {
        this.session = session;
        this.realm = session.getContext().getRealm();
        this.account = account;
        this.rows =
                new EventRows(session.getProvider(JpaConnectionProvider.class).getEntityManager(), realm, account);
    }

    /** One page of the log, newest first. User events and admin events are merged, so both are read from the newest. */
    public List<ActivityEntry> page(ActivityQuery query) {
        int most = (int) Math.min((long) query.first() + query.max(), Integer.MAX_VALUE);
        List<ActivityEntry> ofUsers = rows.users(query, types(query), events -> ofUsers(query, events), most);
        List<ActivityEntry> ofAdmins = rows.admins(query, events -> ofAdmins(query, events), most);
        return Stream.concat(ofUsers.stream(), ofAdmins.stream())
                .sorted(Comparator.comparing(ActivityEntry::at).reversed())
                .skip(query.first())
                .limit(query.max())
                .toList();
    }

    /** Whether the pages read so far contain all matching entries. Otherwise, too many rows would have had to be searched. */
    public boolean isComplete() {
        return rows.isComplete();
    }

    private static Set<String> types(ActivityQuery query) {
        return TYPES.entrySet().stream()
                .filter(type -> query.kind()
                        .filter(kind -> kind != type.getValue()
                                && !(kind == ActivityKind.PASSWORD_CHANGED
                                        && type.getKey() == EventType.UPDATE_CREDENTIAL))
                        .isEmpty())
                .map(type -> type.getKey().name())
                .collect(Collectors.toSet());
    }

    private Stream<ActivityEntry> ofUsers(ActivityQuery query, List<EventEntity> events) {
        findMembers(events.stream().map(EventEntity::getUserId));
        return matching(query, events.stream().map(this::ofUser));
    }

    private Stream<ActivityEntry> ofAdmins(ActivityQuery query, List<AdminEventEntity> events) {
        findMembers(events.stream().flatMap(event -> Stream.of(event.getAuthUserId(), concerned(event))));
        return matching(query, events.stream().map(this::ofAdmin));
    }

    private static Stream<ActivityEntry> matching(ActivityQuery query, Stream<ActivityEntry> entries) {
        return entries.filter(Objects::nonNull)
                .filter(entry ->
                        query.kind().filter(kind -> kind != entry.kind()).isEmpty());
    }

    /** The id of the user that an event concerns; null if there is none. */
    private static String concerned(AdminEventEntity event) {
        String[] path = event.getResourcePath().split("/", 3);
        return path[0].equals("users") && path.length > 1 ? path[1] : null;
    }

    private ActivityEntry ofUser(EventEntity event) {
        JsonNode details = json(event.getDetailsJson());
        EventType type = EventType.valueOf(event.getType());
        boolean password = type == EventType.UPDATE_CREDENTIAL
                && details.path("credential_type").asText().equals("password");
        Person user = member(event.getUserId()).orElse(new Person(event.getUserId(), null));
        return new ActivityEntry(
                Instant.ofEpochMilli(event.getTime()),
                password ? ActivityKind.PASSWORD_CHANGED : TYPES.get(type),
                user,
                false,
                user,
                null,
                applicationName(event.getClientId()),
                profileChanges(details));
    }

    /** For example {@code previous_email} and {@code updated_email} (Details, 26.7). */
    private static List<Change> profileChanges(JsonNode details) {
        return PROFILE_DETAILS.entrySet().stream()
                .filter(field -> details.has("updated_" + field.getKey()))
                .map(field -> new Change(
                        field.getValue(),
                        value(details.path("previous_" + field.getKey())),
                        value(details.path("updated_" + field.getKey()))))
                .sorted(Comparator.comparing(Change::field))
                .toList();
    }

    private ActivityEntry ofAdmin(AdminEventEntity event) {
        JsonNode content = json(event.getRepresentation());
        JsonNode details = content.has("account") ? content : JSON.missingNode();
        String[] path = event.getResourcePath().split("/", 3);
        OperationType operation = OperationType.valueOf(event.getOperationType());
        String below = path.length > 2 ? path[2] : "";
        List<Change> changes = operation == OperationType.UPDATE ? changes(details) : List.of();
        boolean ofUser = path[0].equals("users");
        ActivityKind kind = ofUser
                ? AdminEventKinds.ofUser(operation, below, details)
                : AdminEventKinds.ofAccount(operation, below);
        // The event also names the creator of the token, who did not make the change.
        boolean byDirectory = json(event.getDetailsJson()).has(ScimToken.EVENT_DETAIL);
        return kind == null
                ? null
                : new ActivityEntry(
                        Instant.ofEpochMilli(event.getTime()),
                        kind,
                        byDirectory ? null : member(event.getAuthUserId()).orElse(null),
                        byDirectory,
                        ofUser ? concerned(path[1], details) : null,
                        below.startsWith("companies/") ? companyName(details, below) : null,
                        null,
                        changes);
    }

    /** Only events of this API contain the values before; Keycloak's own contain those after at most. */
    private List<Change> changes(JsonNode details) {
        JsonNode before = details.path("before");
        JsonNode after = details.path("after");
        if (!before.isObject() || !after.isObject()) {
            return List.of();
        }
        return FIELDS.stream()
                .filter(field -> !before.path(field).equals(after.path(field)))
                .map(field -> new Change(field, text(field, before.path(field)), text(field, after.path(field))))
                .toList();
    }

    private String text(String field, JsonNode value) {
        return value.isArray() && COMPANY_FIELDS.contains(field)
                ? StreamSupport.stream(value.spliterator(), false)
                        .map(id ->
                                account.company(id.asText()).map(Company::name).orElse(id.asText()))
                        .collect(Collectors.joining(", "))
                : value(value);
    }

    private static String value(JsonNode value) {
        return value.isMissingNode() || value.isNull() ? null : value.asText();
    }

    private static String companyName(JsonNode details, String below) {
        return Stream.of("/after/name", "/before/name")
                .map(details::at)
                .map(Activity::value)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(below.substring("companies/".length()));
    }

    /** The user an event concerns; deleted users are named as the event has them. */
    private Person concerned(String userId, JsonNode details) {
        return member(userId)
                .orElseGet(() -> new Person(
                        userId,
                        Stream.of("/after/username", "/before/username")
                                .map(details::at)
                                .map(Activity::value)
                                .filter(Objects::nonNull)
                                .findFirst()
                                .orElse(null)));
    }

    /** Only users of the account are named; support and services appear as Wise-Sync. */
    private Optional<Person> member(String userId) {
        return userId == null ? Optional.empty() : members.get(userId);
    }

    /** Users who are stored here are read together: one by one, they would take longer the more are read. */
    private void findMembers(Stream<String> userIds) {
        List<String> unread = userIds.filter(id -> id != null && !members.containsKey(id))
                .distinct()
                .toList();
        for (int from = 0; from < unread.size(); from += NAMES) {
            List<String> ids = unread.subList(from, Math.min(from + NAMES, unread.size()));
            Map<String, String> names = rows.usernames(ids);
            ids.forEach(id -> members.put(
                    id,
                    StorageId.isLocalStorage(id)
                            ? Optional.ofNullable(names.get(id)).map(name -> new Person(id, name))
                            : findFederated(id)));
        }
    }

    private Optional<Person> findFederated(String userId) {
        UserModel user = session.users().getUserById(realm, userId);
        return Optional.ofNullable(user)
                .filter(found -> new Accounts(session)
                        .findByMember(found)
                        .filter(own -> own.id().equals(account.id()))
                        .isPresent())
                .map(found -> new Person(found.getId(), found.getUsername()));
    }

    /** The display name of a client; those of Keycloak's own clients are message keys and are left out. */
    private String applicationName(String clientId) {
        return Optional.ofNullable(clientId)
                .map(realm::getClientByClientId)
                .map(ClientModel::getName)
                .filter(name -> !name.isBlank() && !name.startsWith("${"))
                .orElse(null);
    }

    private static JsonNode json(String text) {
        try {
            return text == null ? JSON.missingNode() : JSON.readTree(text);
        } catch (JsonProcessingException e) {
            return JSON.missingNode();
        }
    }
}
