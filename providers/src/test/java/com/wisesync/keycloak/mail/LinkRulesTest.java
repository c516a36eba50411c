package com.wisesync.keycloak.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyInt;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.RETURNS_DEEP_STUBS;
import static org.mockito.Mockito.doReturn;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import com.wisesync.keycloak.LastLogin;
import jakarta.persistence.EntityManager;
import jakarta.persistence.TypedQuery;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.keycloak.authentication.actiontoken.DefaultActionToken;
import org.keycloak.authentication.actiontoken.execactions.ExecuteActionsActionToken;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.credential.CredentialModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserProvider;
import org.keycloak.models.credential.PasswordCredentialModel;
import org.keycloak.models.jpa.entities.OutboxEntryEntity;

/** Which links may set the first password of a user. */
class LinkRulesTest {

    private static final String USER = "user-id";
    private static final String INVITATIONS = EmailQueue.ofInvitations(USER);
    private static final String PASSWORD_LINKS = EmailQueue.ofPasswordLinks(USER);

    private final Map<String, OutboxEntryEntity> newest = new HashMap<>();
    private final KeycloakSession session = mock(KeycloakSession.class, RETURNS_DEEP_STUBS);
    private final UserModel user = mock(UserModel.class, RETURNS_DEEP_STUBS);
    private final CredentialModel password = new CredentialModel();
    private LinkRules rules;

    @BeforeEach
    void readsTheNewestRows() {
        EntityManager em = mock(EntityManager.class);
        JpaConnectionProvider jpa = mock(JpaConnectionProvider.class);
        when(jpa.getEntityManager()).thenReturn(em);
        doReturn(jpa).when(session).getProvider(JpaConnectionProvider.class);
        doReturn(mock(UserProvider.class)).when(session).getProvider(UserProvider.class);
        when(em.createQuery(anyString(), eq(OutboxEntryEntity.class))).thenAnswer(call -> rows());
        when(user.getId()).thenReturn(USER);
        when(user.getEmail()).thenReturn("new@acme.example");
        when(user.isEnabled()).thenReturn(true);
        hasPassword(false);
        rules = new LinkRules(session);
    }

    @Test
    void aUserWhoWasInvitedNeedsAnInvitationUntilThereIsAPassword() {
        assertThat(rules.needsInvitation(user)).as("never invited").isFalse();

        isNewest(INVITATIONS, Emails.INVITATION);
        assertThat(rules.needsInvitation(user)).isTrue();
        isNewest(INVITATIONS, Emails.REVOCATION);
        assertThat(rules.needsInvitation(user)).isTrue();

        hasPassword(true);
        assertThat(rules.needsInvitation(user)).isFalse();
    }

    @Test
    void aUserWhoHasLoggedInAtAnIdentityProviderNeedsNoInvitation() {
        isNewest(INVITATIONS, Emails.INVITATION);
        PasswordLink link = link(INVITATIONS, true);
        assertThat(rules.problemOf(link, user)).isEmpty();

        when(user.getFirstAttribute(LastLogin.ATTRIBUTE)).thenReturn("2026-11-30");
        assertThat(rules.needsInvitation(user)).isFalse();
        assertThat(rules.isCurrentInvitation(INVITATIONS, user)).isFalse();
        assertThat(rules.problemOf(link, user)).contains(LinkProblem.NOT_NEEDED);
    }

    @Test
    void anInvitationIsCurrentUntilItIsRevokedSentAgainOrNotNeeded() {
        isNewest(INVITATIONS, Emails.INVITATION);
        assertThat(rules.isCurrentInvitation(INVITATIONS, user)).isTrue();
        assertThat(rules.isCurrentInvitation("an earlier row", user)).isFalse();

        hasPassword(true);
        assertThat(rules.isCurrentInvitation(INVITATIONS, user)).isFalse();
    }

    @Test
    void aRevokedInvitationEndsPasswordLinksThatWereSentBefore() {
        isNewest(PASSWORD_LINKS, Emails.REQUESTED_RESET);
        PasswordLink link = link(PASSWORD_LINKS, false);
        assertThat(rules.problemOf(link, user)).isEmpty();

        isNewest(INVITATIONS, Emails.INVITATION);
        assertThat(rules.problemOf(link, user)).isEmpty();
        isNewest(INVITATIONS, Emails.REVOCATION);
        assertThat(rules.problemOf(link, user)).contains(LinkProblem.REVOKED);
    }

    @Test
    void aLinkOfKeycloakReplacesAllOthersThatAreNotNewerThanItsEmail() {
        hasPassword(true);
        long now = Instant.now().getEpochSecond();
        isNewest(PASSWORD_LINKS, Emails.STOCK_LINK);
        newest.get(PASSWORD_LINKS)
                .setPayload(new QueuedEmail(USER, null, null, null, null, "https://keycloak.example/", "sent").json());

        assertThat(rules.problemOf(stockLink("sent", now), user)).isEmpty();
        assertThat(rules.problemOf(stockLink("other", now), user))
                .as("of the same second")
                .contains(LinkProblem.REPLACED);
        assertThat(rules.problemOf(stockLink("other", now - 3), user)).contains(LinkProblem.REPLACED);
        assertThat(rules.problemOf(stockLink("next", now + 60), user))
                .as("its row is not committed yet")
                .isEmpty();
    }

    @Test
    void aLinkOfTheSecondInWhichThePasswordWasSetIsOutdatedNotUsedAfterANewEmail() {
        hasPassword(true);
        password.setCreatedDate(System.currentTimeMillis());
        isNewest(PASSWORD_LINKS, Emails.PASSWORD_RESET);
        PasswordLink link = link(PASSWORD_LINKS, false);
        assertThat(rules.problemOf(link, user)).isEmpty();

        when(user.getEmail()).thenReturn("newer@acme.example");
        assertThat(rules.problemOf(link, user)).contains(LinkProblem.OUTDATED);
    }

    private PasswordLink link(String row, boolean invitation) {
        return new PasswordLink(
                USER, user.getEmail(), Instant.now().plusSeconds(60), row, rules.fingerprint(user), null, invitation);
    }

    private DefaultActionToken stockLink(String id, long issuedAt) {
        int expires = Math.toIntExact(Instant.now().getEpochSecond() + 60);
        ExecuteActionsActionToken link =
                new ExecuteActionsActionToken(USER, user.getEmail(), expires, List.of("UPDATE_PASSWORD"), null, null);
        link.id(id).iat(issuedAt);
        return link;
    }

    private void isNewest(String queue, String type) {
        OutboxEntryEntity row = new OutboxEntryEntity();
        row.setCorrelationId(queue);
        row.setEntryType(type);
        row.setCreatedAt(Instant.now());
        newest.put(queue, row);
    }

    private void hasPassword(boolean has) {
        when(user.credentialManager().isConfiguredFor(PasswordCredentialModel.TYPE))
                .thenReturn(has);
        when(user.credentialManager().getStoredCredentialsByTypeStream(PasswordCredentialModel.TYPE))
                .thenAnswer(call -> has ? Stream.of(password) : Stream.empty());
    }

    private TypedQuery<OutboxEntryEntity> rows() {
        @SuppressWarnings("unchecked")
        TypedQuery<OutboxEntryEntity> query = mock(TypedQuery.class);
        String[] owner = new String[1];
        when(query.setParameter(anyString(), any())).thenAnswer(call -> {
            if (call.getArgument(0).equals("owner")) {
                owner[0] = call.getArgument(1);
            }
            return query;
        });
        when(query.setMaxResults(anyInt())).thenReturn(query);
        when(query.getResultStream()).thenAnswer(call -> Stream.ofNullable(newest.get(owner[0])));
        return query;
    }
}
