package com.wisesync.keycloak;

import jakarta.persistence.Query;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A list of values in HQL as single parameters, because Hibernate translates a query with a list parameter to SQL at every call
 * (ConcreteSqmSelectQueryPlan, 7). The last value is repeated up to a power of two, so that there are few different queries.
 */
public final class ValueList {

    private ValueList() {}

    /** The list for {@code size} values, for example {@code (:id0, :id1)}. */
    public static String parameters(String name, int size) {
        return IntStream.range(0, padded(size))
                .mapToObj(i -> ":" + name + i)
                .collect(Collectors.joining(", ", "(", ")"));
    }

    /**
     * Sets the parameters of a list.
     *
     * @param values as many as the list was made for, at least one
     */
    public static void bind(Query query, String name, List<String> values) {
        for (int i = 0; i < padded(values.size()); i++) {
            query.setParameter(name + i, values.get(Math.min(i, values.size() - 1)));
        }
    }

    private static int padded(int size) {
        return size <= 1 ? 1 : Integer.highestOneBit(size - 1) * 2;
    }
}
