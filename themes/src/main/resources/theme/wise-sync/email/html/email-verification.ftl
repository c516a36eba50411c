<#import "template.ftl" as layout>
<@layout.emailLayout>
<p>${msg("wiseSyncEmailHello", (user.firstName)!"")}</p>
<p>${msg("wiseSyncVerifyIntro", properties.brandName, (user.username)!"")}</p>
<@layout.button href=link label=msg("wiseSyncVerifyButton") />
<p>${msg("wiseSyncEmailLinkValid", linkExpirationFormatter(linkExpiration))}</p>
<p>${msg("wiseSyncVerifyNotYou")}</p>
</@layout.emailLayout>
