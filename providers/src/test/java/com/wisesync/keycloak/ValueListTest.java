package com.wisesync.keycloak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoMoreInteractions;

import jakarta.persistence.Query;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ValueListTest {

    private final Query query = mock(Query.class);

    @ParameterizedTest
    @CsvSource({"1, 1", "2, 2", "3, 4", "4, 4", "5, 8", "20, 32", "500, 512"})
    void the_size_is_a_power_of_two(int values, int parameters) {
        assertThat(ValueList.parameters("id", values).split(",")).hasSize(parameters);
    }

    @Test
    void the_last_value_is_repeated() {
        assertThat(ValueList.parameters("id", 3)).isEqualTo("(:id0, :id1, :id2, :id3)");

        ValueList.bind(query, "id", List.of("a", "b", "c"));

        verify(query).setParameter("id0", "a");
        verify(query).setParameter("id1", "b");
        verify(query).setParameter("id2", "c");
        verify(query).setParameter("id3", "c");
        verifyNoMoreInteractions(query);
    }
}
