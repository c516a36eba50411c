package com.wisesync.keycloak.admin;

import com.wisesync.keycloak.account.Account;
import com.wisesync.keycloak.admin.MeReps.AdministratorRep;
import com.wisesync.keycloak.admin.MeReps.MeRep;
import com.wisesync.keycloak.admin.MeReps.MyAccountRep;
import com.wisesync.keycloak.role.Role;
import com.wisesync.keycloak.user.AccountUsers;
import com.wisesync.keycloak.user.UserQuery;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.keycloak.models.ClientModel;
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

    @GET
    @Path("me")
    public MeRep me() {
        CallerToken me = request.caller().require(Call.READ_ME).token();
        return new MeRep(
                me.user().getId(),
                me.user().getUsername(),
                me.access().map(access -> access.role().roleName()).orElse(null),
                me.access().map(access -> MyAccountRep.of(access.account())).orElse(null),
                permissions(me),
                me.isStaff(),
                me.access()
                        .filter(access -> access.role() != Role.ACCOUNT_ADMIN)
                        .map(access -> administrators(access.account()))
                        .orElse(null));
    }

    private List<AdministratorRep> administrators(Account account) {
        UserQuery query = UserQuery.enabledAdmins(0, 10);
        return new AccountUsers(request.session())
                .page(account, query).stream().map(AdministratorRep::of).toList();
    }

    @Path("accounts")
    public AccountsResource accounts() {
        return new AccountsResource(request);
    }

    @Path("deactivations")
    public DeactivationsResource deactivations() {
        return new DeactivationsResource(request);
    }

    @Path("lifecycle")
    public LifecycleResource lifecycle() {
        return new LifecycleResource(request);
    }

    @GET
    @Path("setup")
    public List<SetupLineRep> setup() {
        request.caller().require(Call.READ_SETUP);
        Texts texts = request.texts();
        return setup.current(request.session(), request.realm()).stream()
                .map(finding -> SetupLineRep.of(finding, texts))
                .toList();
    }

    /** A permission is a client role behind the role. */
    private List<String> permissions(CallerToken me) {
        Optional<RoleModel> role =
                me.access().map(access -> access.role()).flatMap((Role r) -> r.find(request.realm()));
        return role.stream()
                .flatMap(RoleModel::getCompositesStream)
                .filter(RoleModel::isClientRole)
                .flatMap(permission -> permission.getContainer() instanceof ClientModel client
                        ? Stream.of(client.getClientId() + "/" + permission.getName())
                        : Stream.empty())
                .sorted()
                .toList();
    }
}
