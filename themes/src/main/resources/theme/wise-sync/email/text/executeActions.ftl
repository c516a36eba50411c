<#ftl output_format="plainText">
${msg("wiseSyncEmailHello", (user.firstName)!"")}

${msg("wiseSyncInviteIntro", properties.brandName, (user.username)!"")}

${link}

${msg("wiseSyncEmailLinkValid", linkExpirationFormatter(linkExpiration))}

${msg("wiseSyncInviteNotYou")}

-- 
${msg("wiseSyncEmailFooter", properties.brandName)}
