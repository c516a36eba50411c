<#import "template.ftl" as layout>
<@layout.emailLayout>
<p>${msg("wiseSyncEmailHello", (user.firstName)!"")}</p>
<p>${msg("wiseSyncNewEmailIntro", properties.brandName, (user.username)!"")}</p>
<@layout.button href=link label=msg("wiseSyncNewEmailButton") />
<p>${msg("wiseSyncEmailLinkValid", linkExpirationFormatter(linkExpiration))}</p>
<p>${msg("wiseSyncNewEmailNotYou")}</p>
</@layout.emailLayout>
