<#import "template.ftl" as layout>
<#import "/greeting.ftl" as greeting>
<@layout.emailLayout>
<p>${greeting.hello()}</p>
<p>${msg("wiseSyncIdpLinkIntro", properties.brandName, (user.username)!"", identityProviderDisplayName, identityProviderContext.username)}</p>
<@layout.button href=link label=msg("wiseSyncIdpLinkButton") />
<p>${msg("wiseSyncEmailLinkValid", linkExpirationFormatter(linkExpiration))}</p>
<p>${msg("wiseSyncIdpLinkNotYou")}</p>
</@layout.emailLayout>
