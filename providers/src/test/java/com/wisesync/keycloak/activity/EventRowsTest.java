package com.wisesync.keycloak.activity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.anyInt;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.RETURNS_SELF;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import com.wisesync.keycloak.account.Account;
import jakarta.persistence.EntityManager;
import jakarta.persistence.TypedQuery;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.keycloak.events.jpa.AdminEventEntity;
import org.keycloak.models.RealmModel;

/** How many rows are searched for the entries of one kind, in a log with many others. */
class EventRowsTest {

    private static final int MAX_SCANNED = 50_000;

    private final AdminEventEntity other = mock(AdminEventEntity.class);
    private final AdminEventEntity searched = mock(AdminEventEntity.class);
    private int read;

    @Test
    void theEntryAfterTheLastRowThatIsSearchedIsReportedAsMissing() {
        EventRows rows = rows(MAX_SCANNED + 1, MAX_SCANNED);

        assertThat(search(rows, 1)).isEmpty();
        assertThat(rows.isComplete()).isFalse();
        assertThat(read).isEqualTo(MAX_SCANNED);
    }

    @Test
    void theEntryInTheLastRowThatIsSearchedIsFound() {
        EventRows rows = rows(MAX_SCANNED + 1, MAX_SCANNED - 1);

        assertThat(search(rows, 1)).hasSize(1);
        assertThat(rows.isComplete()).isTrue();
    }

    @Test
    void aShorterLogIsComplete() {
        EventRows rows = rows(MAX_SCANNED - 1, 700);

        assertThat(search(rows, 2)).hasSize(1);
        assertThat(rows.isComplete()).isTrue();
        assertThat(read).isEqualTo(MAX_SCANNED - 1);
    }

    @Test
    void noMoreRowsAreReadThanNeeded() {
        EventRows rows = rows(MAX_SCANNED, 700);

        assertThat(search(rows, 1)).hasSize(1);
        assertThat(rows.isComplete()).isTrue();
        assertThat(read).isEqualTo(1_000);
    }

    private List<ActivityEntry> search(EventRows rows, int max) {
        ActivityEntry entry =
                new ActivityEntry(Instant.EPOCH, ActivityKind.DISABLED, null, false, null, null, null, List.of());
        ActivityQuery all =
                new ActivityQuery(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), 0, max);
        return rows.admins(
                all,
                events -> events.stream().filter(event -> event == searched).map(event -> entry),
                max);
    }

    /** A log with this many rows, of which one is searched for. */
    private EventRows rows(int count, int position) {
        EntityManager em = mock(EntityManager.class);
        when(em.createQuery(anyString(), eq(AdminEventEntity.class))).thenAnswer(created -> page(count, position));
        return new EventRows(em, mock(RealmModel.class), mock(Account.class));
    }

    @SuppressWarnings("unchecked")
    private TypedQuery<AdminEventEntity> page(int count, int position) {
        TypedQuery<AdminEventEntity> page = mock(TypedQuery.class, RETURNS_SELF);
        int[] bounds = new int[2];
        when(page.setFirstResult(anyInt())).thenAnswer(set -> {
            bounds[0] = set.getArgument(0);
            return page;
        });
        when(page.setMaxResults(anyInt())).thenAnswer(set -> {
            bounds[1] = set.getArgument(0);
            return page;
        });
        when(page.getResultList()).thenAnswer(list -> {
            List<AdminEventEntity> found = IntStream.range(bounds[0], Math.min(count, bounds[0] + bounds[1]))
                    .mapToObj(row -> row == position ? searched : other)
                    .toList();
            read += found.size();
            return found;
        });
        return page;
    }
}
