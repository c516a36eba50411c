<#import "template.ftl" as layout>
<@layout.emailLayout>
<p>${msg("wiseSyncEmailHello", (user.firstName)!"")}</p>
<p>${msg("wiseSyncInviteIntro", properties.brandName, (user.username)!"")}</p>
<@layout.button href=link label=msg("wiseSyncInviteButton") />
<p>${msg("wiseSyncEmailLinkValid", linkExpirationFormatter(linkExpiration))}</p>
<p>${msg("wiseSyncInviteNotYou")}</p>
</@layout.emailLayout>
