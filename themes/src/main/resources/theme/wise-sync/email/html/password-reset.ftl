<#import "template.ftl" as layout>
<@layout.emailLayout>
<p>${msg("wiseSyncMailHello", (user.firstName)!"")}</p>
<p>${msg("wiseSyncResetIntro", properties.brandName, (user.username)!"")}</p>
<@layout.button href=link label=msg("wiseSyncResetButton") />
<p>${msg("wiseSyncMailLinkGood", linkExpirationFormatter(linkExpiration))}</p>
<p>${msg("wiseSyncResetNotYou")}</p>
</@layout.emailLayout>
