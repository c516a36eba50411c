package com.wisesync.keycloak.mail;

import com.wisesync.keycloak.Revision;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.keycloak.authentication.actiontoken.DefaultActionToken;
import org.keycloak.authentication.actiontoken.execactions.ExecuteActionsActionToken;
import org.keycloak.authentication.actiontoken.resetcred.ResetCredentialsActionToken;
import org.keycloak.authentication.actiontoken.updateemail.UpdateEmailActionToken;
import org.keycloak.credential.CredentialModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/**
 * Decides whether an emailed link still works. Nothing is stored for it: a link is compared with the user's password, email and
 * "not before" and with the newest row of its queue in the outbox, so that a changed password, a newer link of the same kind, a
 * changed email and a disable (also after an enable) each invalidate it. So does a revoked invitation, for every link that
 * could set the user's first password.
 *
 * <p>Our own links carry a fingerprint of that state. Keycloak's links are compared by the second in which they were issued; a
 * change in the same second invalidates them too. Of several links that Keycloak's admin API sent, the outbox row names the
 * newest.
 */
final class LinkRules {

    /** Keycloak's links with which a password can be set. */
    private static final Set<String> PASSWORD_LINKS =
            Set.of(ExecuteActionsActionToken.TOKEN_TYPE, ResetCredentialsActionToken.TOKEN_TYPE);

    private final KeycloakSession session;
    private final RealmModel realm;

    LinkRules(KeycloakSession session) {
        this.session = session;
        this.realm = session.getContext().getRealm();
    }

    /** The state in which a link is valid: it changes with the password, the email and each "not before" of the user. */
    String fingerprint(UserModel user) {
        return Revision.of(List.of(
                String.valueOf(user.getEmail()),
                String.valueOf(notBefore(user)),
                ChosenPassword.identity(user).orElse("")));
    }

    /**
     * Whether only an invitation can set the user's first password: the user has none, has never logged in and was invited, also
     * if the invitation has expired or was revoked. Only administrators send another one.
     */
    boolean needsInvitation(UserModel user) {
        return !Invitations.hasUsedAccount(user) && newestInvitation(user).isPresent();
    }

    /** Whether the user needs an invitation and has one that was not revoked, also if it has expired or could not be sent. */
    boolean hasOpenInvitation(UserModel user) {
        return needsInvitation(user) && revocation(user).isEmpty();
    }

    /**
     * Whether the link of an invitation would work: the user has not used the account, and no later invitation or revocation
     * was queued.
     *
     * @param row the outbox row of the invitation
     */
    boolean isCurrentInvitation(String row, UserModel user) {
        return !Invitations.hasUsedAccount(user)
                && newestInvitation(user)
                        .filter(newest -> newest.id().equals(row))
                        .isPresent();
    }

    /** @param user null if there is no such user any more */
    Optional<LinkProblem> problemOf(DefaultActionToken token, UserModel user) {
        if (user == null || !user.isEnabled()) {
            return Optional.of(LinkProblem.DISABLED);
        }
        return token instanceof PasswordLink link ? problemOfOwn(link, user) : problemOfStock(token, user);
    }

    private Optional<LinkProblem> problemOfOwn(PasswordLink link, UserModel user) {
        if (link.isInvitation() && Invitations.hasUsedAccount(user)) {
            return Optional.of(ChosenPassword.password(user).isPresent() ? LinkProblem.USED : LinkProblem.NOT_NEEDED);
        }
        if (revocation(user).isPresent()) {
            return Optional.of(LinkProblem.REVOKED);
        }
        Optional<EmailRows.Row> newest =
                link.isInvitation() ? newestInvitation(user) : newest(EmailQueue.ofPasswordLinks(user.getId()));
        if (newest.filter(row -> row.id().equals(link.row())).isEmpty()) {
            return Optional.of(LinkProblem.REPLACED);
        }
        if (link.isOver()) {
            return Optional.of(LinkProblem.EXPIRED);
        }
        if (fingerprint(user).equals(link.state())) {
            return Optional.empty();
        }
        // By the second, a link may seem older than the password that the user already had when it was sent.
        return Optional.of(
                isForCurrentEmail(link, user) && changedSince(link, user) ? LinkProblem.USED : LinkProblem.OUTDATED);
    }

    private Optional<LinkProblem> problemOfStock(DefaultActionToken token, UserModel user) {
        if (isDone(token, user)) {
            return Optional.of(LinkProblem.DONE);
        }
        Optional<LinkProblem> ofEmail =
                token instanceof UpdateEmailActionToken update ? problemOfNewEmail(update, user) : Optional.empty();
        if (ofEmail.isPresent()) {
            return ofEmail;
        }
        if (changedSince(token, user)) {
            return Optional.of(LinkProblem.USED);
        }
        if (issuedAt(token) <= notBefore(user)) {
            return Optional.of(LinkProblem.OUTDATED);
        }
        if (!PASSWORD_LINKS.contains(token.getActionId())) {
            return Optional.empty();
        }
        if (!isForCurrentEmail(token, user)) {
            return Optional.of(LinkProblem.OUTDATED);
        }
        if (revocation(user).filter(row -> isSince(token, row)).isPresent()) {
            return Optional.of(LinkProblem.REVOKED);
        }
        return newest(EmailQueue.ofPasswordLinks(user.getId()))
                .filter(row -> isReplacedBy(row, token))
                .map(row -> LinkProblem.REPLACED);
    }

    /** Keycloak reports it only after the click (LoginActionsServiceChecks.checkTokenWasNotUsedYet, 26.7). */
    private boolean isDone(DefaultActionToken token, UserModel user) {
        boolean passwordChanged = PASSWORD_LINKS.contains(token.getActionId()) && changedSince(token, user);
        return !passwordChanged && session.revokedTokens().contains(token.serializeKey());
    }

    /** Only the newest address that the user has entered waits for its confirmation; an administrator may withdraw it. */
    private static Optional<LinkProblem> problemOfNewEmail(UpdateEmailActionToken token, UserModel user) {
        if (Objects.equals(token.getNewEmail(), user.getEmail())) {
            return Optional.of(LinkProblem.DONE);
        }
        if (!Objects.equals(token.getOldEmail(), user.getEmail())) {
            return Optional.of(LinkProblem.OUTDATED);
        }
        return Objects.equals(token.getNewEmail(), user.getFirstAttribute(UserModel.EMAIL_PENDING))
                ? Optional.empty()
                : Optional.of(LinkProblem.REPLACED);
    }

    private static boolean isForCurrentEmail(DefaultActionToken token, UserModel user) {
        return Objects.equals(token.getEmail(), user.getEmail());
    }

    /** The row of Keycloak's own newest link is written after the link was issued, and must not replace it. */
    private static boolean isReplacedBy(EmailRows.Row row, DefaultActionToken token) {
        return isSince(token, row) && !Objects.equals(row.token(), token.getId());
    }

    private static boolean isSince(DefaultActionToken token, EmailRows.Row row) {
        return row.createdAt().getEpochSecond() >= issuedAt(token);
    }

    /** The revocation of the user's invitation; empty if the user has used the account or was invited again. */
    private Optional<EmailRows.Row> revocation(UserModel user) {
        return Invitations.hasUsedAccount(user)
                ? Optional.empty()
                : newestInvitation(user).filter(row -> row.type().equals(Emails.REVOCATION));
    }

    private Optional<EmailRows.Row> newestInvitation(UserModel user) {
        return newest(EmailQueue.ofInvitations(user.getId()));
    }

    private boolean changedSince(DefaultActionToken token, UserModel user) {
        return ChosenPassword.password(user)
                .map(CredentialModel::getCreatedDate)
                .filter(created -> created / 1000 >= issuedAt(token))
                .isPresent();
    }

    private Optional<EmailRows.Row> newest(String queue) {
        return new EmailRows(session).newest(queue);
    }

    private int notBefore(UserModel user) {
        return CommittedUser.notBefore(session, realm, user);
    }

    private static long issuedAt(DefaultActionToken token) {
        return token.getIat() == null ? 0 : token.getIat();
    }
}
