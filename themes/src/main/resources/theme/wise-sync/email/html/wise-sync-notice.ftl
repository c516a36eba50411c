<#-- notice: what happened, the last part of the messages' keys. -->
<#import "template.ftl" as layout>
<@layout.emailLayout>
<p>${msg("wiseSyncMailHello", (user.firstName)!"")}</p>
<p>${msg("wiseSyncNotice." + notice, properties.brandName, (user.username)!"")}</p>
<p>${msg("wiseSyncNotice." + notice + ".notYou")}</p>
</@layout.emailLayout>
