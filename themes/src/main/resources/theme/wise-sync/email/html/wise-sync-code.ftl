<#import "template.ftl" as layout>
<@layout.emailLayout>
<p>${msg("wiseSyncEmailHello", (user.firstName)!"")}</p>
<p>${msg("wiseSyncCodeEmailIntro")}</p>
<p style="margin:24px 0;font-size:32px;letter-spacing:6px;font-weight:bold;">${code}</p>
<p>${msg("wiseSyncCodeEmailValid", minutes)}</p>
<p>${msg("wiseSyncCodeEmailNotYou")}</p>
</@layout.emailLayout>
