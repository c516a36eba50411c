package com.wisesync.keycloak.autotask;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import jakarta.persistence.EntityManager;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.timer.ScheduledTask;

/**
 * Counts the passwords encrypted with each key; a key with a count of 0 can be retired. Passwords of keys that are not
 * configured are counted as {@value #OTHER}: they cannot be read. Counts in intervals, because a scrape must not scan a table.
 */
final class KeyCount implements ScheduledTask {

    static final String METRIC = "wise.sync.autotask.accounts";
    static final String OTHER = "_other";

    private static final String COUNT =
            "select c.user.realmId, count(c.id) from CredentialEntity c where c.type = :type and c.credentialData like :data"
                    + " group by c.user.realmId";

    private final List<String> kids;
    private final MultiGauge gauge;

    KeyCount(List<String> kids, MeterRegistry registry) {
        this.kids = List.copyOf(kids);
        this.gauge = MultiGauge.builder(METRIC)
                .description("Autotask passwords by the key that encrypted them")
                .register(registry);
    }

    @Override
    public void run(KeycloakSession session) {
        EntityManager em = session.getProvider(JpaConnectionProvider.class).getEntityManager();
        List<Row<?>> rows = new ArrayList<>();
        Map<String, Long> others = count(em, "%\"kid\":%");
        for (String kid : kids) {
            Map<String, Long> counts = count(em, "%\"kid\":\"" + kid + "\"%");
            others.keySet().forEach(realm -> rows.add(row(session, realm, kid, counts.getOrDefault(realm, 0L))));
            counts.forEach((realm, number) -> others.merge(realm, -number, Long::sum));
        }
        others.forEach((realm, number) -> rows.add(row(session, realm, OTHER, number)));
        gauge.register(rows, true);
    }

    private static Map<String, Long> count(EntityManager em, String data) {
        Map<String, Long> byRealm = new HashMap<>();
        em.createQuery(COUNT, Object[].class)
                .setParameter("type", AutotaskCredentialProviderFactory.TYPE)
                .setParameter("data", data)
                .getResultList()
                .forEach(row -> byRealm.put((String) row[0], (Long) row[1]));
        return byRealm;
    }

    private static Row<?> row(KeycloakSession session, String realmId, String kid, long number) {
        RealmModel realm = session.realms().getRealm(realmId);
        return Row.of(Tags.of("realm", realm == null ? realmId : realm.getName(), "kid", kid), number);
    }
}
