package com.wisesync.keycloak.wisepay;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import jakarta.enterprise.context.ContextNotActiveException;
import jakarta.ws.rs.core.UriInfo;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;
import org.keycloak.models.KeycloakSession;
import org.keycloak.transaction.RequestContextHelper;

/** Why somebody was turned off, as far as it can be known; nothing is decided by it. */
public enum DeactivationReason {
    ADMIN,
    WORKFLOW,
    SCIM,
    IMPORT,
    SELF,
    ACCOUNT,
    COMPARISON,
    UNKNOWN;

    private static final Logger LOG = Logger.getLogger(DeactivationReason.class);

    /** What RunWorkflowTask calls the transaction of a step (26.7.4). */
    private static final String WORKFLOW_STEP = "Workflow step execution task";

    private static final Pattern SCIM_PATH = Pattern.compile("/?realms/[^/]+/scim/");
    private static final Pattern IMPORT_PATH = Pattern.compile("/?admin/realms/[^/]+/partialImport");
    private static final Pattern ACCOUNT_PATH = Pattern.compile("/?admin/realms/[^/]+/organizations/");
    private static final Pattern ADMIN_PATH = Pattern.compile("/?admin/realms/");

    /**
     * By where the session's call came in. Neither a workflow nor another extension publishes an event, so an event can't be what
     * tells; but every transaction of Keycloak's knows its request or the name of its task.
     */
    static DeactivationReason of(KeycloakSession session) {
        if (session == null) {
            return UNKNOWN;
        }
        if (RequestContextHelper.getContext(session).getContextInfo().equals(WORKFLOW_STEP)) {
            return WORKFLOW;
        }
        try {
            // Also known to the sessions that a request opens beside its own, as a partial import does.
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

    /** As Wise-Pay and our API read it. */
    @JsonValue
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    @JsonCreator
    static DeactivationReason named(String id) {
        return valueOf(id.toUpperCase(Locale.ROOT));
    }
}
