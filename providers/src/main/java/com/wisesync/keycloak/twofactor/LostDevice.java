package com.wisesync.keycloak.twofactor;

import com.wisesync.keycloak.account.Accounts;
import com.wisesync.keycloak.role.Role;
import jakarta.persistence.EntityManager;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.authentication.authenticators.browser.WebAuthnAuthenticator;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.forms.login.LoginFormsProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RoleModel;
import org.keycloak.models.UserModel;

/**
 * Help for a user who no longer has the device of the second factor: the names of the account's admins, who can remove it. The
 * names are shown after the password, and only on request.
 */
final class LostDevice {

    /** The button that asks for help. */
    static final String FIELD = "lost-device";

    private static final int MAX_ADMINS = 5;

    private LostDevice() {}

    static void describe(AuthenticationFlowContext context) {
        context.form()
                .setAttribute("lostDevice", true)
                .setAttribute("accountAdmins", admins(context.getSession(), context.getUser()));
    }

    /**
     * Shows the page of a security key or passkey with help, if the user asked for it.
     *
     * @return whether the page was shown; otherwise the form has to be processed
     */
    static boolean showHelp(WebAuthnAuthenticator page, AuthenticationFlowContext context) {
        if (context.getUser() == null
                || !context.getHttpRequest().getDecodedFormParameters().containsKey(FIELD)) {
            return false;
        }
        LoginFormsProvider form = page.fillContextForm(context);
        if (form == null) {
            // The last key was removed in the meantime.
            return false;
        }
        describe(context);
        context.forceChallenge(form.createLoginWebAuthn());
        return true;
    }

    private static List<String> admins(KeycloakSession session, UserModel user) {
        Optional<RoleModel> role =
                Optional.ofNullable(session.getContext().getRealm().getRole(Role.ACCOUNT_ADMIN.roleName()));
        return new Accounts(session)
                .findByMember(user)
                .filter(account -> role.isPresent())
                .map(account -> names(session, account.id(), role.get().getId(), user))
                .orElse(List.of());
    }

    private static List<String> names(KeycloakSession session, String account, String role, UserModel user) {
        EntityManager em = session.getProvider(JpaConnectionProvider.class).getEntityManager();
        return em.createQuery(
                        "SELECT u.firstName, u.lastName FROM UserGroupMembershipEntity m JOIN m.user u"
                                + " WHERE m.groupId = (SELECT o.groupId FROM OrganizationEntity o WHERE o.id = :account)"
                                + " AND u.enabled = true AND u.id <> :user AND EXISTS (SELECT 1 FROM UserRoleMappingEntity r"
                                + " WHERE r.user = u AND r.roleId = :role) ORDER BY u.lastName, u.firstName",
                        Object[].class)
                .setParameter("account", account)
                .setParameter("user", user.getId())
                .setParameter("role", role)
                .setMaxResults(MAX_ADMINS)
                .getResultStream()
                .map(LostDevice::fullName)
                .filter(name -> !name.isBlank())
                .toList();
    }

    private static String fullName(Object[] names) {
        return Stream.of(names)
                .filter(String.class::isInstance)
                .map(String.class::cast)
                .collect(Collectors.joining(" "))
                .strip();
    }
}
