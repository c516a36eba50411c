<#import "template.ftl" as layout>
<#import "/greeting.ftl" as greeting>
<@layout.emailLayout>
<p>${greeting.hello()}</p>
<p>${msg("wiseSyncInviteIntro", properties.brandName, (user.username)!"")}</p>
<@layout.button href=link label=msg("wiseSyncInviteButton") />
<p>${msg("wiseSyncEmailLinkValid", linkExpirationFormatter(linkExpiration))}</p>
<p>${msg("wiseSyncInviteNotYou")}</p>
</@layout.emailLayout>
