package com.wisesync.keycloak.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.wisesync.keycloak.SetupFinding;
import com.wisesync.keycloak.account.Account;
import com.wisesync.keycloak.account.Psa;
import com.wisesync.keycloak.role.Permissions;
import com.wisesync.keycloak.role.Role;
import com.wisesync.keycloak.user.AccountUser;
import com.wisesync.keycloak.user.AccountUsers;
import com.wisesync.keycloak.user.UserQuery;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.keycloak.models.RoleModel;

/** The root of the API. */
@Produces(MediaType.APPLICATION_JSON)
public final class RootResource {

    private final Request request;
    private final SetupReport setup;

    RootResource(Request request, SetupReport setup) {
        this.request = request;
        this.setup = setup;
    }

    /**
     * The caller, with account, role and permissions. Users who are not account-admins also get the names of up to ten who
     * are.
     */
    @GET
    @Path("me")
    public MeRep me() {
        CallerToken me = request.caller().require(Call.READ_ME).token();
        return new MeRep(
                me.user().getId(),
                me.user().getUsername(),
                me.access().map(access -> access.role().roleName()).orElse(null),
                me.access().map(access -> MyAccountRep.of(access.account())).orElse(null),
                me.access()
                        .flatMap(access -> access.role().find(request.realm()))
                        .map(Permissions::grantedBy)
                        .orElse(List.of()),
                me.isStaff(),
                me.access()
                        .filter(access -> access.role() != Role.ACCOUNT_ADMIN)
                        .map(access -> administrators(access.account()))
                        .orElse(null));
    }

    private List<AdministratorRep> administrators(Account account) {
        UserQuery query = UserQuery.enabledAdmins(0, 10);
        return new AccountUsers(request.session())
                .page(account, query).users().stream().map(AdministratorRep::of).toList();
    }

    /** The four roles as the realm has them now; a role that it does not have is left out. */
    @GET
    @Path("roles")
    public List<RoleRep> roles() {
        request.caller().require(Call.LIST_ROLES);
        return Stream.of(Role.values())
                .flatMap(role -> role.find(request.realm()).stream())
                .map(RoleRep::of)
                .toList();
    }

    /** The accounts. */
    @Path("accounts")
    public AccountsResource accounts() {
        return new AccountsResource(request);
    }

    /** The deactivations of all accounts. */
    @Path("deactivations")
    public DeactivationsResource deactivations() {
        return new DeactivationsResource(request);
    }

    /** The lifecycle events of all accounts. */
    @Path("lifecycle")
    public LifecycleResource lifecycle() {
        return new LifecycleResource(request);
    }

    /** The startup check as it is now. Waits up to seven seconds for the other systems. */
    @GET
    @Path("setup")
    public List<SetupLineRep> setup() {
        request.caller().require(Call.READ_SETUP);
        Texts texts = request.texts();
        SetupReport.Settings settings = request.committed(() -> setup.read(request.session(), request.realm()));
        // The transaction has ended: the other systems are asked without holding a database connection.
        return setup.complete(settings).stream()
                .map(finding -> SetupLineRep.of(finding, texts))
                .toList();
    }

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record MeRep(
            String id,
            String username,
            String role,
            MyAccountRep account,
            List<String> permissions,
            boolean staff,
            List<AdministratorRep> administrators) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record MyAccountRep(String id, String name, String psa) {

        static MyAccountRep of(Account account) {
            return new MyAccountRep(
                    account.id(), account.name(), account.psa().map(Psa::id).orElse(null));
        }
    }

    /** A role of users, and what it permits in the applications. */
    record RoleRep(String name, List<String> permissions) {

        static RoleRep of(RoleModel role) {
            return new RoleRep(role.getName(), Permissions.grantedBy(role));
        }
    }

    /** A contact of an account. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record AdministratorRep(String name, String email) {

        static AdministratorRep of(AccountUser user) {
            String name = Stream.of(user.firstName(), user.lastName())
                    .filter(Objects::nonNull)
                    .collect(Collectors.joining(" "));
            return new AdministratorRep(name.isBlank() ? user.username() : name, user.email());
        }
    }

    /** A line of the startup check in the caller's language: what was checked, its state, and what to do. */
    record SetupLineRep(String key, String state, String text) {

        static SetupLineRep of(SetupFinding finding, Texts texts) {
            return new SetupLineRep(
                    finding.key(), finding.state().name().toLowerCase(Locale.ROOT), texts.format(finding));
        }
    }
}
