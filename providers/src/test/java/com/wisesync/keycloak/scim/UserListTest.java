package com.wisesync.keycloak.scim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UserListTest {

    @ParameterizedTest
    @CsvSource({",100", "7,7", "-5,0", "2147483648,1000000000", "99999999999999999999,1000000000"})
    void aNumberThatIsTooLargeOrNegativeCountsAsTheNearestPossibleOne(String value, int number) {
        assertThat(UserList.number("count", value, 100)).isEqualTo(number);
    }

    @Test
    void aNumberHasDigitsOnly() {
        assertThatThrownBy(() -> UserList.number("count", "1e3", 100)).isInstanceOf(ScimErrorException.class);
    }
}
