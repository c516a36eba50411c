package com.wisesync.keycloak.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.RETURNS_DEEP_STUBS;
import static org.mockito.Mockito.doReturn;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.keycloak.models.UserModel;
import org.keycloak.userprofile.AttributeContext;
import org.keycloak.userprofile.UserProfileContext;

class AddressValidatorTest {

    private final AttributeContext attribute = mock(AttributeContext.class, RETURNS_DEEP_STUBS);
    private final UserModel other = mock(UserModel.class);

    @ParameterizedTest
    @CsvSource({
        "SCIM, uma@xn--mnchen-3ya.example",
        "SCIM, uma@m\u00FCnchen.example",
        "IDP_REVIEW, uma@xn--mnchen-3ya.example",
        "IDP_REVIEW, uma@m\u00FCnchen.example"
    })
    void anAddressIsTakenInBothSpellings(UserProfileContext context, String stored) {
        when(other.getId()).thenReturn("other");
        when(attribute.getContext()).thenReturn(context);
        when(attribute.getMetadata().getName()).thenReturn(UserModel.USERNAME);
        doReturn(null).when(attribute).getUser();
        when(attribute.getAttributes().getFirst(any())).thenReturn(null);
        when(attribute.getSession().users().getUserByUsername(any(), any())).thenReturn(null);
        when(attribute.getSession().users().getUserByEmail(any(), any())).thenReturn(null);
        when(attribute.getSession().users().getUserByEmail(any(), eq(stored))).thenReturn(other);
        List<String> errors = new ArrayList<>();

        new AddressValidator().check(List.of("uma@m\u00FCnchen.example"), attribute, errors::add);

        assertThat(errors).containsExactly(AddressValidator.TAKEN);
    }
}
