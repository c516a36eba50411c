package com.wisesync.keycloak.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SupportedDatabaseTest {

    @ParameterizedTest
    @CsvSource({"PostgreSQL,14,0", "MariaDB,10,6", "MariaDB,11,4", "MySQL,8,0", "MySQL,9,1", "Oracle,19,0", "H2,2,3"})
    void acceptsSupportedDatabases(String product, int major, int minor) {
        assertThatCode(() -> SupportedDatabase.require(product, major, minor)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({"MariaDB,10,5", "MySQL,5,7", "SQLite,3,4", "Microsoft SQL Server,16,0", "TiDB,8,0"})
    void namesUnsupportedDatabases(String product, int major, int minor) {
        assertThatThrownBy(() -> SupportedDatabase.require(product, major, minor))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(product + " " + major + "." + minor)
                .hasMessageContaining("PostgreSQL");
    }

    @Test
    void recognizesADatabaseThatCallsItselfMySql() {
        assertThat(SupportedDatabase.product("MySQL", "8.0.11-TiDB-v8.5.1")).isEqualTo("TiDB");
        assertThat(SupportedDatabase.product("MySQL", "8.4.3")).isEqualTo("MySQL");
    }
}
