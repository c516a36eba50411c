<#import "template.ftl" as layout>
<@layout.emailLayout>
<p>${msg("wiseSyncMailHello", (user.firstName)!"")}</p>
<p>${msg("wiseSyncCodeMailIntro")}</p>
<p style="margin:24px 0;font-size:32px;letter-spacing:6px;font-weight:bold;">${code}</p>
<p>${msg("wiseSyncCodeMailGood", minutes)}</p>
<p>${msg("wiseSyncCodeMailNotYou")}</p>
</@layout.emailLayout>
