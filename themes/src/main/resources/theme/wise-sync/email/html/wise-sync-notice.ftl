<#-- notice: the kind of change, which is the last part of the message keys. -->
<#import "template.ftl" as layout>
<#import "/greeting.ftl" as greeting>
<@layout.emailLayout>
<p>${greeting.hello()}</p>
<p>${msg("wiseSyncNotice." + notice, properties.brandName, (user.username)!"")}</p>
<p>${msg("wiseSyncNotice." + notice + ".notYou")}</p>
</@layout.emailLayout>
