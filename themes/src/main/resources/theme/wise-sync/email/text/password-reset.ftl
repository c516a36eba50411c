<#ftl output_format="plainText">
<#import "/greeting.ftl" as greeting>
${greeting.hello()}

<#if sentBy??><#if sentBy?has_content>${msg("wiseSyncResetSentBy", properties.brandName, (user.username)!"", "{2}")?replace("{2}", sentBy)}<#else>${msg("wiseSyncResetSent", properties.brandName, (user.username)!"")}</#if><#else>${msg("wiseSyncResetIntro", properties.brandName, (user.username)!"")}</#if>

${link}

${msg("wiseSyncEmailLinkValid", linkExpirationFormatter(linkExpiration))}

${msg((sentBy??)?then("wiseSyncResetNotExpected", "wiseSyncResetNotYou"))}

-- 
${msg("wiseSyncEmailFooter", properties.brandName)}
