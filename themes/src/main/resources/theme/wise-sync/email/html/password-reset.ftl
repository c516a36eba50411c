<#import "template.ftl" as layout>
<#import "/greeting.ftl" as greeting>
<@layout.emailLayout>
<p>${greeting.hello()}</p>
<p><#if sentBy??><#if sentBy?has_content>${msg("wiseSyncResetSentBy", properties.brandName, (user.username)!"", "{2}")?replace("{2}", sentBy)}<#else>${msg("wiseSyncResetSent", properties.brandName, (user.username)!"")}</#if><#else>${msg("wiseSyncResetIntro", properties.brandName, (user.username)!"")}</#if></p>
<@layout.button href=link label=msg("wiseSyncResetButton") />
<p>${msg("wiseSyncEmailLinkValid", linkExpirationFormatter(linkExpiration))}</p>
<p>${msg((sentBy??)?then("wiseSyncResetNotExpected", "wiseSyncResetNotYou"))}</p>
</@layout.emailLayout>
