<#-- invitedBy, account, loginUrl: may be empty. expires: the date until which the link is valid, in the user's language. -->
<#import "template.ftl" as layout>
<#import "/greeting.ftl" as greeting>
<@layout.emailLayout>
<p>${greeting.hello()}</p>
<p><#if invitedBy?has_content>${msg("wiseSyncInvitedBy", properties.brandName, account, "{2}")?replace("{2}", invitedBy)}<#else>${msg("wiseSyncInvited", properties.brandName, account)}</#if></p>
<p>${msg("wiseSyncInvitationUsername", (user.username)!"")}</p>
<@layout.button href=link label=msg("wiseSyncInvitationButton") />
<p>${msg("wiseSyncInvitationValid", expires)}</p>
<#if loginUrl?has_content>
<p>${msg("wiseSyncInvitationLogin")} <span style="word-break:break-all;">${loginUrl}</span></p>
</#if>
<p>${msg("wiseSyncInvitationNotExpected")}</p>
</@layout.emailLayout>
