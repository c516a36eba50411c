<#import "template.ftl" as layout>
<#import "/greeting.ftl" as greeting>
<@layout.emailLayout>
<p>${greeting.hello()}</p>
<p>${msg("wiseSyncNewEmailIntro", properties.brandName, (user.username)!"")}</p>
<@layout.button href=link label=msg("wiseSyncNewEmailButton") />
<p>${msg("wiseSyncEmailLinkValid", linkExpirationFormatter(linkExpiration))}</p>
<p>${msg("wiseSyncNewEmailNotYou")}</p>
</@layout.emailLayout>
