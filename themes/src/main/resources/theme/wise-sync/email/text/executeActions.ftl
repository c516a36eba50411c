<#ftl output_format="plainText">
<#import "/greeting.ftl" as greeting>
${greeting.hello()}

${msg("wiseSyncInviteIntro", properties.brandName, (user.username)!"")}

${link}

${msg("wiseSyncEmailLinkValid", linkExpirationFormatter(linkExpiration))}

${msg("wiseSyncInviteNotYou")}

-- 
${msg("wiseSyncEmailFooter", properties.brandName)}
