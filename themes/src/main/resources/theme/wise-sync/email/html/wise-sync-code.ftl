<#import "template.ftl" as layout>
<#import "/greeting.ftl" as greeting>
<@layout.emailLayout>
<p>${greeting.hello()}</p>
<p>${msg("wiseSyncCodeEmailIntro")}</p>
<p style="margin:24px 0;font-size:32px;letter-spacing:6px;font-weight:bold;">${code}</p>
<p>${msg("wiseSyncCodeEmailValid", minutes)}</p>
<p>${msg("wiseSyncCodeEmailNotYou")}</p>
</@layout.emailLayout>
