<#import "template.ftl" as layout>
<#import "/greeting.ftl" as greeting>
<#import "/actions.ftl" as actions>
<@layout.emailLayout>
<p>${greeting.hello()}</p>
<p>${msg("wiseSyncActionsIntro", properties.brandName, (user.username)!"", actions.named(requiredActions![]))}</p>
<@layout.button href=link label=msg("wiseSyncActionsButton") />
<p>${msg("wiseSyncEmailLinkValid", linkExpirationFormatter(linkExpiration))}</p>
<p>${msg("wiseSyncActionsNotExpected")}</p>
</@layout.emailLayout>
