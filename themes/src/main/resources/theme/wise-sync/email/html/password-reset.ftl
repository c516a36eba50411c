<#import "template.ftl" as layout>
<@layout.emailLayout>
<p>${msg("wiseSyncEmailHello", (user.firstName)!"")}</p>
<p>${msg("wiseSyncResetIntro", properties.brandName, (user.username)!"")}</p>
<@layout.button href=link label=msg("wiseSyncResetButton") />
<p>${msg("wiseSyncEmailLinkValid", linkExpirationFormatter(linkExpiration))}</p>
<p>${msg("wiseSyncResetNotYou")}</p>
</@layout.emailLayout>
