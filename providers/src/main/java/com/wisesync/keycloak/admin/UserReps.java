package com.wisesync.keycloak.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.wisesync.keycloak.mail.Invitation;
import com.wisesync.keycloak.role.Role;
import com.wisesync.keycloak.sessions.OpenSession;
import com.wisesync.keycloak.twofactor.SecondFactors.Enrolled;
import com.wisesync.keycloak.user.AccountUser;
import com.wisesync.keycloak.user.NewUser;
import com.wisesync.keycloak.user.UserEdit;
import com.wisesync.keycloak.wisepay.StoredDeactivation;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.keycloak.models.credential.OTPCredentialModel;
import org.keycloak.models.credential.RecoveryAuthnCodesCredentialModel;

/** Users, as the API reads and writes them. */
final class UserReps {

    static final String MANAGED_BY_SCIM = "scim";

    private UserReps() {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record UserRep(
            String id,
            String username,
            String email,
            String firstName,
            String lastName,
            String role,
            List<String> companies,
            boolean enabled,
            boolean twoFactor,
            InvitationRep invitation,
            String lastLogin,
            String lockedUntil,
            String managedBy) {

        static UserRep of(AccountUser user) {
            return of(user, Optional.empty());
        }

        /** @param lockedUntil until when the user is locked out after failed logins */
        static UserRep of(AccountUser user, Optional<Instant> lockedUntil) {
            return new UserRep(
                    user.id(),
                    user.username(),
                    user.email(),
                    user.firstName(),
                    user.lastName(),
                    user.role().map(Role::roleName).orElse(null),
                    user.companies(),
                    user.enabled(),
                    user.twoFactor(),
                    user.invitation().map(InvitationRep::of).orElse(null),
                    user.lastLogin().map(LocalDate::toString).orElse(null),
                    lockedUntil.map(Instant::toString).orElse(null),
                    user.managedByDirectory() ? MANAGED_BY_SCIM : null);
        }

        /** An imported user. Reads nothing: an import has thousands of them. */
        static UserRep imported(String id, NewUser user) {
            return new UserRep(
                    id,
                    user.username(),
                    user.email(),
                    user.firstName().isEmpty() ? null : user.firstName(),
                    user.lastName().isEmpty() ? null : user.lastName(),
                    user.role().roleName(),
                    user.companies(),
                    true,
                    false,
                    user.password().isPresent() ? null : InvitationRep.of(Invitation.waiting()),
                    null,
                    null,
                    null);
        }
    }

    /** An invitation that was not accepted yet. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record InvitationRep(String state, String sentAt, String expiresAt, String error) {

        static InvitationRep of(Invitation invitation) {
            return new InvitationRep(
                    invitation.state().id(),
                    text(invitation.sentAt()),
                    text(invitation.expiresAt()),
                    invitation.error());
        }

        private static String text(Instant instant) {
            return instant == null
                    ? null
                    : instant.truncatedTo(ChronoUnit.SECONDS).toString();
        }
    }

    record UserPageRep(long total, List<UserRep> users) {}

    /** A user with the data of their page in the console, so that opening the page needs one request. */
    record UserDetailsRep(
            UserRep user, List<DeviceRep> devices, List<SessionRep> sessions, List<StoredDeactivation> deactivations) {}

    record UserReferenceRep(String id, String username) {}

    record UserInputRep(
            String id,
            String role,
            List<String> companies,
            String firstName,
            String lastName,
            String email,
            String username) {

        /** Everything replaced. */
        UserEdit replacing(String pathId) {
            Fields fields = new Fields();
            fields.require(id == null || id.equals(pathId), "id", "wiseSyncIdDiffers");
            Role checkedRole = fields.role(role);
            String first = fields.optional("firstName", firstName).orElse("");
            String last = fields.optional("lastName", lastName).orElse("");
            fields.requireOneOf(firstName, lastName);
            UserEdit edit = new UserEdit(
                    first,
                    last,
                    fields.text("email", email),
                    fields.text("username", username),
                    checkedRole,
                    fields.companies(companies));
            fields.done();
            return edit;
        }

        /** First and last name replaced; the other fields are kept, to be compared. */
        UserEdit ofThemselves(String pathId, AccountUser now) {
            return new UserInputRep(
                            id,
                            role == null ? now.role().map(Role::roleName).orElse(null) : role,
                            companies == null ? now.companies() : companies,
                            firstName,
                            lastName,
                            email == null ? now.email() : email,
                            username == null ? now.username() : username)
                    .replacing(pathId);
        }
    }

    record NewUserRep(
            String role,
            List<String> companies,
            String firstName,
            String lastName,
            String email,
            String username,
            String password) {

        /** @throws Refusal with all problems */
        NewUser user() {
            Fields fields = new Fields();
            NewUser user = read(fields);
            fields.done();
            return user;
        }

        /** Reads what can be read and reports the problems to {@code fields}; a value with a problem is empty, the role null. */
        NewUser read(Fields fields) {
            var checkedRole = fields.role(role);
            var checkedCompanies = fields.companies(companies);
            String first = fields.optional("firstName", firstName).orElse("");
            String last = fields.optional("lastName", lastName).orElse("");
            fields.requireOneOf(firstName, lastName);
            String checkedEmail = fields.text("email", email);
            String checkedUsername = fields.optional("username", username).orElse(checkedEmail);
            var checkedPassword = fields.secret("password", password);
            return new NewUser(
                    checkedRole, checkedCompanies, first, last, checkedEmail, checkedUsername, checkedPassword);
        }

        /** Without the password: records print what they hold. */
        @Override
        public String toString() {
            return "NewUserRep[" + email + "]";
        }
    }

    record PasswordRep(String password) {

        String checked() {
            Fields fields = new Fields();
            fields.require(password != null, "password", "wiseSyncFieldMissing");
            String checked = fields.secret("password", password).orElse("");
            fields.done();
            return checked;
        }

        /** Without the password: records print what they hold. */
        @Override
        public String toString() {
            return "PasswordRep[]";
        }
    }

    /** An enrolled second factor, without its secret. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record DeviceRep(String type, String label, String createdAt) {

        static DeviceRep of(Enrolled factor) {
            return new DeviceRep(
                    typeOf(factor.type()), factor.label(), factor.createdAt().toString());
        }

        private static String typeOf(String credentialType) {
            return switch (credentialType) {
                case OTPCredentialModel.TYPE -> "app";
                case RecoveryAuthnCodesCredentialModel.TYPE -> "recovery-codes";
                default -> "key";
            };
        }
    }

    /** A session in which a user is logged in. */
    record SessionRep(String id, String startedAt, String lastAccess, String ipAddress, List<String> clients) {

        static SessionRep of(OpenSession session) {
            return new SessionRep(
                    session.id(),
                    session.startedAt().toString(),
                    session.lastAccess().toString(),
                    session.ipAddress(),
                    session.clients());
        }
    }
}
