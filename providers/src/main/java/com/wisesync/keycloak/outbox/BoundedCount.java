package com.wisesync.keycloak.outbox;

import jakarta.persistence.EntityManager;
import jakarta.persistence.TypedQuery;
import java.util.Map;

/** Counts rows up to a limit, so that a table with millions of them costs no more than one with as many as the limit. */
final class BoundedCount {

    private BoundedCount() {}

    /**
     * Counts rows.
     *
     * @param from the HQL from {@code FROM} on
     * @param max where counting stops
     * @return at most {@code max}
     */
    static long count(EntityManager em, String from, Map<String, Object> parameters, int max) {
        // Skipping rows of an index ends at the limit; COUNT does not.
        TypedQuery<Integer> beyond = em.createQuery("SELECT 1" + from, Integer.class)
                .setFirstResult(max)
                .setMaxResults(1);
        parameters.forEach(beyond::setParameter);
        if (!beyond.getResultList().isEmpty()) {
            return max;
        }
        TypedQuery<Long> all = em.createQuery("SELECT COUNT(e)" + from, Long.class);
        parameters.forEach(all::setParameter);
        return Math.min(max, all.getSingleResult());
    }
}
