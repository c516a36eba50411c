package com.wisesync.keycloak.scim;

import com.wisesync.keycloak.account.Account;
import com.wisesync.keycloak.account.ScimToken;
import com.wisesync.keycloak.role.Role;
import com.wisesync.keycloak.user.AccountUser;
import com.wisesync.keycloak.user.DirectoryUser;
import com.wisesync.keycloak.user.DirectoryUsers;
import java.util.LinkedHashMap;
import java.util.Map;
import org.keycloak.events.admin.OperationType;
import org.keycloak.events.admin.ResourceType;
import org.keycloak.models.ClientModel;
import org.keycloak.models.Constants;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.services.resources.admin.AdminAuth;
import org.keycloak.services.resources.admin.AdminEventBuilder;

/**
 * Records changes as admin events of the same form as those of the admin API. A directory is no user of the realm: the events
 * name the creator of its token, and the token as a detail.
 */
final class ScimAudit {

    private final ScimCall call;

    ScimAudit(ScimCall call) {
        this.call = call;
    }

    void user(OperationType operation, DirectoryUsers.DirectoryChange change) {
        Account account = call.directory().account();
        Map<String, Object> representation = new LinkedHashMap<>();
        representation.put("account", Map.of("id", account.id(), "name", account.name()));
        change.before().ifPresent(before -> representation.put("before", fields(before)));
        representation.put("after", fields(change.after()));
        events().operation(operation)
                .resource(ResourceType.USER)
                .resourcePath("users", change.after().user().id())
                .detail("account", account.id())
                .detail(ScimToken.EVENT_DETAIL, call.directory().token().id())
                .representation(representation)
                .success();
    }

    private AdminEventBuilder events() {
        KeycloakSession session = call.session();
        RealmModel realm = session.getContext().getRealm();
        ClientModel console = realm.getClientByClientId(Constants.ADMIN_CONSOLE_CLIENT_ID);
        UserModel creator = session.users().getUserById(realm, call.directory().userId());
        return new TokenEvents(realm, new AdminAuth(realm, null, creator, console), session);
    }

    private static Map<String, Object> fields(DirectoryUser user) {
        AccountUser stored = user.user();
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("id", stored.id());
        fields.put("username", stored.username());
        fields.put("email", stored.email());
        fields.put("firstName", stored.firstName());
        fields.put("lastName", stored.lastName());
        fields.put("role", stored.role().map(Role::roleName).orElse(null));
        fields.put("companies", stored.companies());
        fields.put("enabled", stored.enabled());
        fields.put("externalId", user.externalId().orElse(null));
        return fields;
    }

    /** Events also of tokens whose creator was deleted. */
    private static final class TokenEvents extends AdminEventBuilder {

        TokenEvents(RealmModel realm, AdminAuth auth, KeycloakSession session) {
            super(realm, auth, session, session.getContext().getConnection());
        }

        @Override
        public AdminEventBuilder authUser(UserModel user) {
            return user == null ? this : super.authUser(user);
        }
    }
}
