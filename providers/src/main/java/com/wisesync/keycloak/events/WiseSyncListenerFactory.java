package com.wisesync.keycloak.events;

import com.wisesync.keycloak.OptIn;
import com.wisesync.keycloak.Versioned;
import com.wisesync.keycloak.lifecycle.LifecycleConfigProperties;
import com.wisesync.keycloak.lifecycle.LifecycleDetection;
import com.wisesync.keycloak.outbox.Outbox;
import com.wisesync.keycloak.outbox.OutboxFactory;
import com.wisesync.keycloak.role.OneRole;
import com.wisesync.keycloak.sessions.SessionDetection;
import com.wisesync.keycloak.twofactor.OutdatedLoginLinks;
import com.wisesync.keycloak.user.ScimUseRemoval;
import com.wisesync.keycloak.wisepay.Detection;
import com.wisesync.keycloak.wisepay.WisePayConfigProperties;
import java.util.List;
import java.util.stream.Stream;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.keycloak.Config;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.events.EventListenerProvider;
import org.keycloak.events.EventListenerProviderFactory;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.utils.KeycloakModelUtils;
import org.keycloak.models.utils.PostMigrationEvent;
import org.keycloak.provider.ProviderConfigProperty;

/** The event listener by which a realm opts in, and what is registered with it at startup. */
public final class WiseSyncListenerFactory implements EventListenerProviderFactory, Versioned {

    private final EmailChanges emails = new EmailChanges();
    private final NewSecondFactors secondFactors = new NewSecondFactors();
    private final CommitGuard guard = new CommitGuard();
    private Detection detection;
    private SessionDetection sessions;
    private LifecycleDetection lifecycle;

    @Override
    public String getId() {
        return OptIn.LISTENER;
    }

    @Override
    public EventListenerProvider create(KeycloakSession session) {
        return new WiseSyncListener(session, detection, sessions, lifecycle, emails, secondFactors, guard);
    }

    @Override
    public void init(Config.Scope config) {
        // The options are read by DeactivationHandlerFactory and LifecycleHandlerFactory.
    }

    @Override
    public void postInit(KeycloakSessionFactory factory) {
        OutboxFactory outbox = (OutboxFactory) factory.getProviderFactory(Outbox.class);
        detection = new Detection(outbox);
        sessions = new SessionDetection(outbox);
        lifecycle = new LifecycleDetection(outbox);
        factory.register(new OneRole());
        factory.register(new Departures(detection, lifecycle));
        factory.register(new AccessChanges(sessions, lifecycle));
        factory.register(new LogoutEvents());
        factory.register(new OutdatedLoginLinks());
        factory.register(new ScimUseRemoval());
        factory.register(event -> {
            if (event instanceof PostMigrationEvent started) {
                KeycloakModelUtils.runJobInTransaction(started.getFactory(), this::listenToHibernate);
            }
        });
    }

    @Override
    public List<ProviderConfigProperty> getConfigMetadata() {
        return Stream.concat(WisePayConfigProperties.list().stream(), LifecycleConfigProperties.list().stream())
                .toList();
    }

    @Override
    public void close() {
        // Holds nothing.
    }

    private void listenToHibernate(KeycloakSession session) {
        SessionFactoryImplementor hibernate = session.getProvider(JpaConnectionProvider.class)
                .getEntityManager()
                .getEntityManagerFactory()
                .unwrap(SessionFactoryImplementor.class);
        new EnabledChanges(detection, sessions, new DirectoryLinks()).listenTo(hibernate);
        new PasswordChanges(sessions).listenTo(hibernate);
        emails.listenTo(hibernate);
        secondFactors.listenTo(hibernate);
        new UserDataChanges(lifecycle).listenTo(hibernate);
        new RemovedCompanies(lifecycle, sessions).listenTo(hibernate);
        lifecycle.start();
    }
}
