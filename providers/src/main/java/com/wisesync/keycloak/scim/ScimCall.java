package com.wisesync.keycloak.scim;

import com.unboundid.scim2.common.exceptions.ScimException;
import com.wisesync.keycloak.Refusal;
import com.wisesync.keycloak.user.DirectoryEdit;
import com.wisesync.keycloak.user.ScimUse;
import com.wisesync.keycloak.user.ScimUse.RefusedUser;
import jakarta.persistence.PersistenceException;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakTransactionManager;
import org.keycloak.models.ModelException;

/** One request of an authenticated directory: runs it, commits it before the response is sent, and records its failure. */
final class ScimCall {

    private static final Logger LOG = Logger.getLogger(ScimCall.class);

    private final KeycloakSession session;
    private final Directory directory;
    private final ScimAnswers answers;
    private Optional<RefusedUser> wanted = Optional.empty();

    ScimCall(KeycloakSession session, Directory directory) {
        this.session = session;
        this.directory = directory;
        this.answers = new ScimAnswers(session);
    }

    /** The work of a request. Exceptions of the SDK become responses. */
    @FunctionalInterface
    interface Work {
        Response run() throws ScimException;
    }

    KeycloakSession session() {
        return session;
    }

    Directory directory() {
        return directory;
    }

    ScimAnswers answers() {
        return answers;
    }

    /** The address of the account's SCIM, without a slash at the end. */
    String url() {
        return session.getContext()
                .getUri()
                .getBaseUriBuilder()
                .path("realms/{realm}/wise-sync/scim/v2/{account}")
                .build(
                        session.getContext().getRealm().getName(),
                        directory.account().id())
                .toString();
    }

    URI location(String path) {
        return URI.create(url() + "/" + path);
    }

    /** Names the user that this request creates, so that account-admins can link an existing one that it clashes with. */
    void creates(DirectoryEdit user) {
        wanted = Optional.of(new RefusedUser(user.username(), user.email(), user.externalId()));
    }

    /** Runs a request. A refused request is rolled back. */
    Response answer(Work work) {
        try {
            Response response = work.run();
            session.getTransactionManager().commit();
            return response;
        } catch (Refusal refusal) {
            return failed(ScimError.of(refusal));
        } catch (ScimErrorException e) {
            return failed(e.error());
        } catch (ScimException e) {
            return failed(ScimError.of(e).orElseThrow(() -> new IllegalStateException(e)));
        } catch (ModelException | PersistenceException e) {
            LOG.errorf(
                    e,
                    "A change in realm '%s' was rolled back because it could not be written",
                    session.getContext().getRealm().getName());
            return failed(ScimError.of(500, "wiseSyncNotSaved"));
        }
    }

    /** Ends the transaction first: recording the failure needs a database connection of its own. */
    private Response failed(ScimError error) {
        KeycloakTransactionManager transactions = session.getTransactionManager();
        if (transactions.isActive()) {
            transactions.rollback();
        }
        String path = session.getContext().getUri().getPath();
        String below = path.substring(path.indexOf(directory.account().id())
                + directory.account().id().length());
        new ScimUse(session)
                .failed(
                        directory.account().id(),
                        error.status(),
                        session.getContext().getHttpRequest().getHttpMethod() + " " + below.replaceAll("^/", ""),
                        error.reason(),
                        wanted.filter(user -> error.status() == Response.Status.CONFLICT.getStatusCode()));
        return answers.error(error);
    }
}
