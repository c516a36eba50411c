<#ftl output_format="plainText">
${msg("wiseSyncEmailHello", (user.firstName)!"")}

${msg("wiseSyncNewEmailIntro", properties.brandName, (user.username)!"")}

${link}

${msg("wiseSyncEmailLinkValid", linkExpirationFormatter(linkExpiration))}

${msg("wiseSyncNewEmailNotYou")}

-- 
${msg("wiseSyncEmailFooter", properties.brandName)}
