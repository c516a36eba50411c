package com.wisesync.keycloak.wisepay;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import jakarta.enterprise.context.ContextNotActiveException;
import jakarta.ws.rs.core.UriInfo;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.keycloak.models.KeycloakSession;
import org.keycloak.transaction.RequestContextHelper;

/** Why a user lost access, as far as it is known. */
public enum DeactivationReason {
    /** The user was disabled or deleted through an admin API. */
    ADMIN,
    /** A workflow of the realm. */
    WORKFLOW,
    /** A directory, over SCIM. */
    SCIM,
    /** A partial import. */
    IMPORT,
    /** The user deleted their own account. */
    SELF,
    /** The account was disabled, or the user left it. */
    ACCOUNT,
    /** Reconciling found that an earlier change was missed. */
    COMPARISON,
    /** Another path, such as an extension. */
    UNKNOWN;

    private static final Logger LOG = Logger.getLogger(DeactivationReason.class);

    /** The name that RunWorkflowTask gives to the transaction of a step (26.7.4). */
    private static final String WORKFLOW_STEP = "Workflow step execution task";

    private static final Pattern SCIM_PATH = Pattern.compile("/?realms/[^/]+/(?:wise-sync/)?scim/");
    private static final Pattern IMPORT_PATH = Pattern.compile("/?admin/realms/[^/]+/partialImport");
    private static final Pattern ACCOUNT_PATH = Pattern.compile("/?admin/realms/[^/]+/organizations/");
    private static final Pattern ADMIN_PATH = Pattern.compile("/?admin/realms/");

    /**
     * Finds the reason by the request or task of the session. Events do not help: neither a workflow nor another extension
     * publishes one.
     */
    static DeactivationReason of(KeycloakSession session) {
        if (session == null) {
            return UNKNOWN;
        }
        if (RequestContextHelper.getContext(session).getContextInfo().equals(WORKFLOW_STEP)) {
            return WORKFLOW;
        }
        try {
            // Also known in sessions that a request opens beside its own, as a partial import does.
            UriInfo uri = session.getContext().getHttpRequest().getUri();
            return uri == null ? UNKNOWN : ofPath(uri.getPath());
        } catch (ContextNotActiveException e) {
            LOG.debugf("Not in a request: %s", e.getMessage());
            return UNKNOWN;
        }
    }

    static DeactivationReason ofPath(String path) {
        if (SCIM_PATH.matcher(path).find()) {
            return SCIM;
        }
        if (IMPORT_PATH.matcher(path).find()) {
            return IMPORT;
        }
        if (ACCOUNT_PATH.matcher(path).find()) {
            return ACCOUNT;
        }
        return ADMIN_PATH.matcher(path).find() ? ADMIN : UNKNOWN;
    }

    /** The name of the reason in the message to Wise-Pay and in our API. */
    @JsonValue
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Reads a reason. One of a newer version, during a rolling update, is unknown. */
    @JsonCreator
    static DeactivationReason parse(String id) {
        return Stream.of(values())
                .filter(reason -> reason.id().equals(id))
                .findFirst()
                .orElse(UNKNOWN);
    }
}
