<#ftl output_format="plainText">
<#import "/greeting.ftl" as greeting>
${greeting.hello()}

<#if invitedBy?has_content>${msg("wiseSyncInvitedBy", properties.brandName, account, "{2}")?replace("{2}", invitedBy)}<#else>${msg("wiseSyncInvited", properties.brandName, account)}</#if>

${msg("wiseSyncInvitationUsername", (user.username)!"")}

${link}

${msg("wiseSyncInvitationValid", expires)}

<#if loginUrl?has_content>
${msg("wiseSyncInvitationLogin")} ${loginUrl}

</#if>
${msg("wiseSyncInvitationNotExpected")}

-- 
${msg("wiseSyncEmailFooter", properties.brandName)}
