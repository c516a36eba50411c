<#import "template.ftl" as layout>
<#import "/greeting.ftl" as greeting>
<@layout.emailLayout>
<p>${greeting.hello()}</p>
<p>${msg("wiseSyncVerifyIntro", properties.brandName, (user.username)!"")}</p>
<@layout.button href=link label=msg("wiseSyncVerifyButton") />
<p>${msg("wiseSyncEmailLinkValid", linkExpirationFormatter(linkExpiration))}</p>
<p>${msg("wiseSyncVerifyNotYou")}</p>
</@layout.emailLayout>
